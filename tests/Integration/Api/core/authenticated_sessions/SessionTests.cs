using System.Net;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Core.AuthenticatedSessions;

public sealed class SessionTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    const string Path = "core/authenticated_sessions/";
    readonly TestServer server = fixture.Server;

    [Fact]
    public async Task Owners_see_and_end_their_own_and_nobody_elses()
    {
        var ann = await server.AddUserAsync("ann");
        var bob = await server.AddUserAsync("bob");
        var own = await server.AddSessionAsync(ann);
        var foreign = await server.AddSessionAsync(bob);
        using var client = server.Program(await server.AddTokenAsync(ann));

        var list = await client.GetApiAsync(Path);
        list.Each("uuid").ShouldBe([$"\"{own}\""]);
        list.Json["results"]![0]!.AsObject().Select(m => m.Key).ShouldBe(
            ["uuid", "current", "user_agent", "geo_ip", "asn", "user", "last_ip", "last_user_agent", "last_used", "expires"], ignoreOrder: true);
        list.Each("current").ShouldBe(["false"]);
        list.Json["results"]![0]!["user_agent"]!["user_agent"]!["family"]!.GetValue<string>().ShouldBe("Firefox");
        list.Each("last_ip").ShouldBe(["\"203.0.113.5\""]);
        (await client.CallAsync("DELETE", $"{Path}{foreign}/")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await client.CallAsync("DELETE", $"{Path}{own}/")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await client.CallAsync("PATCH", $"{Path}{own}/", "{}")).Status.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Theory]
    [InlineData("user__username=carl", 1)]
    [InlineData("user__username=nobody", 0)]
    [InlineData("session__last_ip=203.0.113.5&user__username=carl", 1)]
    [InlineData("session__last_ip=203.0.113.6&user__username=carl", 0)]
    [InlineData("session__last_user_agent=curl&user__username=carl", 0)]
    [InlineData("session__last_user_agent=Mozilla/5.0%20(X11;%20Linux%20x86_64;%20rv:140.0)%20Gecko/20100101%20Firefox/140.0&user__username=carl", 1)]
    [InlineData("search=carl", 1)]
    [InlineData("search=203.0.113.5&user__username=carl", 1)]
    [InlineData("search=gecko&user__username=carl", 1)]
    public async Task Filters(string query, int count)
    {
        if (await server.Database.ScalarAsync<long>("SELECT count(*) FROM \"user\" WHERE username = 'carl'") == 0)
            await server.AddSessionAsync(await server.AddUserAsync("carl"));
        using var admin = await server.SuperuserAsync();
        (await admin.GetApiAsync($"{Path}?{query}")).Each("uuid").Count.ShouldBe(count);
    }

    [Fact]
    public async Task Ending_all_of_some_users_needs_the_right_on_everything()
    {
        var first = await server.AddUserAsync("first");
        var second = await server.AddUserAsync("second");
        await server.AddSessionAsync(first);
        await server.AddSessionAsync(first);
        var session = await server.AddSessionAsync(second);
        var path = $"{Path}bulk_delete/?user_pks={first.Pk}&user_pks={second.Pk}";
        using var own = server.Program(await server.AddTokenAsync(first));
        (await own.CallAsync("DELETE", path)).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var onOne = await server.WithRightsAsync($"authentik_core.delete_authenticatedsession:{session}");
        (await onOne.CallAsync("DELETE", path)).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var admin = await server.WithRightsAsync("authentik_core.delete_authenticatedsession");
        (await admin.CallAsync("DELETE", path)).ToString().ShouldBe("""200 {"deleted":3}""");
        (await server.Database.ScalarAsync<string>("SELECT string_agg(context->'model'->>'name', ' ' ORDER BY created) FROM event WHERE context->'diff' ? 'sessions'")).ShouldBe("first second");
        (await admin.CallAsync("DELETE", $"{Path}bulk_delete/")).ToString().ShouldBe("""400 {"user_pks":["This field is required."]}""");
        (await admin.CallAsync("DELETE", $"{Path}bulk_delete/?user_pks=x")).ToString().ShouldBe("""400 {"user_pks":["A valid integer is required."]}""");
    }
}
