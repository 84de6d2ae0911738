using System.Net;
using Postern.Tests.Support.Databases;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Core.Applications;

public sealed class ListTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    readonly TestServer server = fixture.Server;

    [Fact]
    public async Task Shows_what_the_caller_may_use_whatever_rights_they_hold()
    {
        using var admin = await server.SuperuserAsync();
        var ann = await server.AddUserAsync("ann");
        var boss = await server.AddGroupAsync("bosses");
        var team = await server.AddGroupAsync("team", parent: boss, members: ann);
        await admin.AddApplicationAsync("open");
        await admin.BindAsync(await admin.AddApplicationAsync("for-bosses"), $"\"group\":\"{boss}\"");
        await admin.BindAsync(await admin.AddApplicationAsync("not-for-team"), $"\"group\":\"{team}\",\"negate\":true");
        await admin.BindAsync(await admin.AddApplicationAsync("for-ann"), $"\"user\":{ann.Pk}");
        await admin.BindAsync(await admin.AddApplicationAsync("off"), $"\"group\":\"{team}\",\"negate\":true,\"enabled\":false");
        using var client = server.Program(await server.AddTokenAsync(ann));

        (await client.GetApiAsync(Applications.Path)).Each("slug").ShouldBe(["\"for-ann\"", "\"for-bosses\"", "\"off\"", "\"open\""]);
        (await client.GetApiAsync($"{Applications.Path}?superuser_full_list=true")).Each("slug").Count.ShouldBe(4);
        // Superusers use no more than others, but may see all.
        (await admin.GetApiAsync(Applications.Path)).Each("slug").ShouldBe(["\"not-for-team\"", "\"off\"", "\"open\""]);
        (await admin.GetApiAsync($"{Applications.Path}?superuser_full_list=true")).Each("slug").Count.ShouldBe(5);
        (await admin.GetApiAsync($"{Applications.Path}?for_user={ann.Pk}")).Each("slug").ShouldBe(["\"for-ann\"", "\"for-bosses\"", "\"off\"", "\"open\""]);
        (await admin.GetApiAsync($"{Applications.Path}?search=boss&for_user={ann.Pk}")).Each("slug").ShouldBe(["\"for-bosses\""]);
        (await admin.GetApiAsync($"{Applications.Path}?slug=open")).Each("slug").ShouldBe(["\"open\""]);

        using var peer = await server.WithRightsAsync();
        (await peer.GetApiAsync($"{Applications.Path}?for_user={ann.Pk}")).ToString().ShouldBe("""400 {"for_user":["User not found"]}""");
        using var helpdesk = await server.WithRightsAsync($"authentik_core.view_user_applications:{ann.Pk}");
        (await helpdesk.GetApiAsync($"{Applications.Path}?for_user={ann.Pk}")).Each("slug").Count.ShouldBe(4);
        (await admin.GetApiAsync($"{Applications.Path}?for_user=0")).ToString().ShouldBe("""400 {"for_user":["User not found"]}""");
        (await admin.GetApiAsync($"{Applications.Path}?for_user=x")).ToString().ShouldBe("""400 {"for_user":["for_user must be numerical"]}""");
        using var nobody = server.Program();
        (await nobody.GetApiAsync(Applications.Path)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }
}

public sealed class ListSizeTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    readonly TestServer server = fixture.Server;

    [Fact]
    public async Task A_thousand_applications_cost_as_many_statements_as_ten_and_pages_are_full()
    {
        var ann = await server.AddUserAsync("ann");
        var team = await server.AddGroupAsync("team", members: ann);
        using var client = server.Program(await server.AddTokenAsync(ann));
        await AddAsync(1, 20, team);
        await client.GetApiAsync(Applications.Path);
        var few = await CountAsync(client);
        await AddAsync(21, 1000, team);
        await client.GetApiAsync(Applications.Path);
        var many = await CountAsync(client);
        few.ShouldBeGreaterThan(3);
        many.ShouldBe(few);
        many.ShouldBeLessThan(20);

        var page = await client.GetApiAsync($"{Applications.Path}?page_size=100&page=5");
        page.Json["pagination"]!["count"]!.GetValue<int>().ShouldBe(500);
        page.Each("slug").Count.ShouldBe(100);
        (await client.GetApiAsync($"{Applications.Path}?page_size=100&page=6")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    async Task<int> CountAsync(HttpClient client)
    {
        using var count = new StatementCount(server.Database);
        (await client.GetApiAsync($"{Applications.Path}?page_size=100")).Status.ShouldBe(HttpStatusCode.OK);
        return count.Value;
    }

    // Every second one is bound to a group that ann is not in, the others to hers.
    Task AddAsync(int from, int to, Guid team) => server.Database.ExecuteAsync($$"""
        WITH p AS (INSERT INTO provider (pk, type, config, name, property_mappings) SELECT gen_random_uuid(), 'Provider', '{}', 'p' || i, '{}' FROM generate_series({{from}}, {{to}}) i RETURNING id, name),
             a AS (INSERT INTO application SELECT gen_random_uuid(), name, 'app-' || name, '', id, '/' || name || '/%(username)s', false, '', '', '', false, 'any' FROM p RETURNING pk, name),
             g AS (INSERT INTO "group" (pk, name, is_superuser, attributes) SELECT gen_random_uuid(), 'g' || name, false, '{}' FROM a RETURNING pk, name)
        INSERT INTO policy_binding (pk, target, group_pk, negate, enabled, "order", timeout, failure_result)
        SELECT gen_random_uuid(), a.pk, CASE WHEN substr(a.name, 2)::int % 2 = 0 THEN '{{team}}' ELSE g.pk END, false, true, 0, 30, false FROM a JOIN g ON g.name = 'g' || a.name
        """);
}
