using System.Net;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Core.Applications;

public sealed class CheckAccessTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    readonly TestServer server = fixture.Server;

    [Fact]
    public async Task Tells_everybody_whether_and_administrators_why()
    {
        using var admin = await server.SuperuserAsync();
        var ann = await server.AddUserAsync("ann");
        var team = await server.AddGroupAsync("team", members: ann);
        var others = await server.AddGroupAsync("others");
        var pk = await admin.AddApplicationAsync("traced", "\"policy_engine_mode\":\"all\"");
        var policy = (await admin.PostApiAsync("policies/expression/", """{"name":"says no","expression":"ak_message('Not today')\nak_logger.info('asked')\nreturn False"}""")).Json["pk"]!.GetValue<string>();
        await admin.BindAsync(pk, $"\"group\":\"{team}\"", 0);
        await admin.BindAsync(pk, $"\"policy\":\"{policy}\"", 1);
        await admin.BindAsync(pk, $"\"group\":\"{others}\",\"negate\":true", 2);
        using var client = server.Program(await server.AddTokenAsync(ann));

        var own = await client.GetApiAsync($"{Applications.Path}traced/check_access/");
        own.ToString().ShouldBe("""200 {"passing":false,"messages":["Not today"],"log_messages":[],"trace":[]}""");
        // Who may not look at others is answered about themselves.
        (await client.GetApiAsync($"{Applications.Path}traced/check_access/?for_user=1")).ToString().ShouldBe(own.ToString());

        var told = await admin.GetApiAsync($"{Applications.Path}traced/check_access/?for_user={ann.Pk}");
        told.Member("passing").ShouldBe("false");
        told.Json["trace"]!.AsArray().Select(l => $"{l!["what"]} {l["name"]} {l["passing"]}").ShouldBe(["group team true", "policy says no false", "group others true"]);
        told.Json["log_messages"]!.AsArray().Count.ShouldBe(1);
        (await admin.CallAsync("DELETE", $"policies/all/{policy}/")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await admin.GetApiAsync($"{Applications.Path}traced/check_access/?for_user={ann.Pk}")).Member("passing").ShouldBe("true");
    }

    [Fact]
    public async Task Refuses()
    {
        using var admin = await server.SuperuserAsync();
        await admin.AddApplicationAsync("there");
        (await admin.GetApiAsync($"{Applications.Path}nowhere/check_access/")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await admin.GetApiAsync($"{Applications.Path}there/check_access/?for_user=x")).ToString().ShouldBe("""400 {"for_user":["for_user must be numerical"]}""");
        (await admin.GetApiAsync($"{Applications.Path}there/check_access/?for_user=999999")).ToString().ShouldBe("""400 {"for_user":["User not found"]}""");
        using var nobody = server.Program();
        (await nobody.GetApiAsync($"{Applications.Path}there/check_access/")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Where_nothing_is_bound_the_system_setting_decides()
    {
        using var admin = await server.SuperuserAsync();
        await admin.AddApplicationAsync("unbound");
        (await admin.GetApiAsync($"{Applications.Path}unbound/check_access/")).Member("passing").ShouldBe("true");
        await server.Database.ExecuteAsync("UPDATE system_settings SET flags = flags || '{\"core_default_app_access\": false}'");
        try
        {
            var refused = await admin.GetApiAsync($"{Applications.Path}unbound/check_access/");
            refused.Member("passing").ShouldBe("false");
            refused.Member("messages").ShouldNotBe("[]");
            (await admin.GetApiAsync($"{Applications.Path}?slug=unbound")).Each("slug").ShouldBeEmpty();
        }
        finally
        {
            await server.Database.ExecuteAsync("UPDATE system_settings SET flags = flags || '{\"core_default_app_access\": true}'");
        }
    }
}
