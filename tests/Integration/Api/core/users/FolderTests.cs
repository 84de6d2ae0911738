using Microsoft.Extensions.DependencyInjection;
using Postern.Directory.Users;
using Postern.Kernel.Access;
using Postern.Tests.Support.Databases;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Core.Users;

/// <summary>Folders with their counts, which triggers keep.</summary>
public sealed class FolderTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    readonly TestServer server = fixture.Server;

    [Fact]
    public async Task Counts_follow_every_change_and_agree_with_the_rows()
    {
        using var admin = await server.SuperuserAsync();
        var ann = await server.AddUserAsync("folder-ann", u => u.Path = "here/a");
        var bob = await server.AddUserAsync("folder-bob", u => u.Path = "here/b");
        await server.AddUserAsync("folder-cat", u => u.Path = "here/b");
        (await TreeAsync("here")).ShouldBe("here 3, here/a 1, here/b 2");

        await admin.CallAsync("PATCH", $"core/users/{ann.Pk}/", """{"path":"there"}""");
        await admin.CallAsync("POST", $"core/users/{bob.Pk}/recycle/");
        (await TreeAsync("here")).ShouldBe("here 1, here/b 1");
        (await TreeAsync("there")).ShouldBe("there 1");
        await admin.CallAsync("POST", $"core/users/recycle_bin/{bob.Pk}/restore/");
        await admin.CallAsync("DELETE", $"core/users/{ann.Pk}/");
        (await TreeAsync("here")).ShouldBe("here 2, here/b 2");
        (await TreeAsync("there")).ShouldBe("");

        await server.Database.ExecuteAsync("UPDATE job SET run_at = now() - interval '1 day' WHERE kind = 'directory.folders'");
        await server.Database.ExecuteAsync("INSERT INTO job (kind, payload, created_at, run_at, attempts, last_error) VALUES ('directory.folders', '{}', now(), now() - interval '1 day', 0, '')");
        await server.Services.GetRequiredService<Postern.Jobs.JobRunner>().RunDueAsync(TestContext.Current.CancellationToken);
        (await TreeAsync("here")).ShouldBe("here 2, here/b 2");
        (await server.Database.ScalarAsync<long>("SELECT count(*) FROM user_folder_count WHERE path LIKE 'here%'")).ShouldBe(1);
        var total = await server.Database.ScalarAsync<long>("SELECT count(*) FROM \"user\" WHERE username <> 'AnonymousUser' AND binned_on IS NULL");
        (await admin.GetApiAsync("core/users/?page_size=1")).Json["pagination"]!["count"]!.GetValue<long>().ShouldBe(total);
        (await admin.GetApiAsync("core/users/paths/")).Text.ShouldContain("\"here/b\"");
    }

    [Fact]
    public async Task Who_sees_some_users_sees_their_folders_only()
    {
        var mine = await server.AddUserAsync("folder-mine", u => u.Path = "secret/mine");
        await server.AddUserAsync("folder-other", u => u.Path = "secret/other");
        using var part = await server.WithRightsAsync($"authentik_core.view_user:{mine.Pk}");
        (await part.GetApiAsync("core/users/paths/")).ToString().ShouldBe("""200 {"paths":["secret/mine"]}""");
        using var nobody = server.Program();
        ((int)(await nobody.GetApiAsync("core/users/paths/")).Status).ShouldBe(403);
    }

    [Fact]
    public async Task The_first_page_costs_the_same_however_many_there_are()
    {
        using var admin = await server.SuperuserAsync();
        await admin.GetApiAsync("core/users/");
        int few, many;
        using (var count = new StatementCount(server.Database))
        {
            await admin.GetApiAsync("core/users/?page_size=5");
            few = count.Value;
        }
        for (var i = 0; i < 15; i++)
            await server.AddUserAsync($"folder-many-{i}", u => u.Path = $"many/{i}");
        using (var count = new StatementCount(server.Database))
        {
            await admin.GetApiAsync("core/users/?page_size=20");
            many = count.Value;
        }
        many.ShouldBe(few);
    }

    async Task<string> TreeAsync(string top)
    {
        var folders = await server.InScopeAsync(async services => (await services.GetRequiredService<FindFolders>().ExecuteAsync(Caller.System, CancellationToken.None)).Value);
        return string.Join(", ", folders.Where(f => f.Path == top || f.Path.StartsWith(top + "/", StringComparison.Ordinal)).Select(f => $"{f.Path} {f.Count}"));
    }
}
