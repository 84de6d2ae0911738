using System.Net;
using System.Text.Json.Nodes;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Core.Users;

/// <summary>What queries find; each user of the table has one property that tells it apart.</summary>
public sealed class QueryTests(ServerFixture fixture) : IClassFixture<ServerFixture>, IAsyncLifetime
{
    readonly TestServer server = fixture.Server;

    public async ValueTask InitializeAsync()
    {
        if (await server.Database.ScalarAsync<long>("SELECT count(*) FROM \"user\" WHERE username = 'q-anna'") > 0)
            return;
        var anna = await server.AddUserAsync("q-anna", u => (u.Name, u.Path) = ("Anna Ash", "users/q"));
        var bert = await server.AddUserAsync("q-bert", u => (u.Name, u.Path, u.IsActive, u.Attributes) = ("Bert 100%", "users/q", false, new JsonObject { ["department"] = "Sales", ["level"] = 3, ["tags"] = new JsonArray("red", "blue"), ["deep"] = new JsonObject { ["a"] = new JsonObject { ["b"] = "x" } } }));
        var cleo = await server.AddUserAsync("q-cleo", u => (u.Path, u.Type, u.Attributes, u.LastLogin) = ("users/q", Postern.Directory.Users.UserType.External, new JsonObject { ["department"] = "Engineering", ["level"] = 10, ["on"] = true, ["my.key"] = "dot" }, server.Clock.GetUtcNow().AddDays(-10)));
        var top = await server.AddGroupAsync("q-top");
        await server.AddGroupAsync("q-leaf", parent: top, members: anna);
        var role = await server.AddRoleAsync("q-role");
        await server.Database.ExecuteAsync($"INSERT INTO group_role VALUES ('{top}', '{role}'); INSERT INTO user_role VALUES ({bert.Pk}, '{role}')");
        await server.AddSessionAsync(bert);
        await server.AddSessionAsync(bert);
        await server.Database.ExecuteAsync($"""
            INSERT INTO totp_device (user_pk, name, confirmed, created, last_updated, failures, seed, digits, last_step, drift)
            SELECT pk, 'phone', pk = {cleo.Pk}, now(), now(), 0, '', 6, 0, 0 FROM "user" WHERE pk IN ({bert.Pk}, {cleo.Pk})
            """);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("username = \"q-anna\"", "anna")]
    [InlineData("username = \"Q-ANNA\"", "")]
    [InlineData("username ~ \"Q-ANN\"", "anna")]
    [InlineData("username !~ \"ann\"", "bert cleo")]
    [InlineData("username != \"q-anna\"", "bert cleo")]
    [InlineData("username startswith \"Q-B\"", "bert")]
    [InlineData("username not startswith \"Q-B\"", "anna cleo")]
    [InlineData("username endswith \"leo\"", "cleo")]
    [InlineData("username not endswith \"leo\"", "anna bert")]
    [InlineData("username in (\"q-anna\", \"q-cleo\")", "anna cleo")]
    [InlineData("username not in (\"q-anna\", \"q-cleo\")", "bert")]
    [InlineData("username > \"q-b\"", "bert cleo")]
    [InlineData("name ~ \"100%\"", "bert")]
    [InlineData("name ~ \"%\"", "bert")]
    [InlineData("is_active = False", "bert")]
    [InlineData("is_active != False", "anna cleo")]
    [InlineData("type = \"External\"", "cleo")]
    [InlineData("attributes.department = \"Sales\"", "bert")]
    [InlineData("attribute.department = 'Sales'", "bert")]
    [InlineData("attributes.department != \"Sales\"", "cleo")]
    [InlineData("attributes.department ~ \"engin\"", "cleo")]
    [InlineData("attributes.department in (\"Sales\", \"Engineering\")", "bert cleo")]
    [InlineData("attributes.department = None", "anna")]
    [InlineData("attributes.department != None", "bert cleo")]
    [InlineData("attributes.level = 3", "bert")]
    [InlineData("attributes.level > 3", "cleo")]
    [InlineData("attributes.on = True", "cleo")]
    [InlineData("attributes.deep.a.b = \"x\"", "bert")]
    [InlineData("attributes.deep.a.b startswith \"X\"", "bert")]
    [InlineData("attributes.\"my.key\" = \"dot\"", "cleo")]
    [InlineData("last_login > now-90d", "cleo")]
    [InlineData("last_login = None", "anna bert")]
    [InlineData("date_joined > now-1h", "anna bert cleo")]
    [InlineData("date_joined < \"2020-01-01\"", "")]
    [InlineData("groups = \"q-top\"", "anna")]
    [InlineData("groups ~ \"LEAF\"", "anna")]
    [InlineData("groups != \"q-leaf\"", "bert cleo")]
    [InlineData("roles = \"q-role\"", "anna bert")]
    [InlineData("groups = none", "bert cleo")]
    [InlineData("groups != None", "anna")]
    [InlineData("mfa = \"totp\"", "cleo")]
    [InlineData("mfa in (\"totp\", \"sms\")", "cleo")]
    [InlineData("mfa = none", "anna bert")]
    [InlineData("mfa != none", "cleo")]
    [InlineData("sessions > 1", "bert")]
    [InlineData("sessions = 0", "anna cleo")]
    [InlineData("is_superuser = False", "anna bert cleo")]
    [InlineData("not (username = \"q-anna\" or username = \"q-bert\")", "cleo")]
    [InlineData("username = \"q-anna\" or is_active = False and username = \"q-cleo\"", "anna")]
    [InlineData("username = \"q-anna\" and is_active = True or username = \"q-cleo\"", "anna")]
    [InlineData("(username = \"q-anna\" and is_active = True) or username = \"q-cleo\"", "anna cleo")]
    [InlineData("name = \"Anna \\u0041sh\"", "anna")]
    [InlineData("name = \"An\\na Ash\"", "")]
    [InlineData("type = \"external\"", "cleo")]
    [InlineData("type in (\"External\", \"service_account\")", "cleo")]
    [InlineData("is_active = None", "")]
    [InlineData("attributes.level >= 1e1", "cleo")]
    [InlineData("attributes.level < -0.5", "")]
    [InlineData("attributes.tags ~ \"BLUE\"", "bert")]
    [InlineData("attributes.tags = \"blue\"", "")]
    [InlineData("", "anna bert cleo")]
    [InlineData("q-\0anna", "anna")]
    [InlineData("username = \"q-\0anna\"", "anna")]
    [InlineData("username = \"x' OR '1'='1\"", "")]
    public async Task Finds(string query, string names)
    {
        using var admin = await server.SuperuserAsync();
        var answer = await admin.GetApiAsync($"core/users/?path=users/q&search={Uri.EscapeDataString(query)}");
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        string.Join(' ', answer.Each("username").Select(n => n.Trim('"')[2..])).ShouldBe(names);
    }

    [Fact]
    public async Task What_is_no_query_is_a_plain_search_and_says_why()
    {
        using var admin = await server.SuperuserAsync();
        using var plain = await admin.GetAsync("/api/v3/core/users/?path=users/q&search=anna");
        plain.Headers.Contains("X-AK-Query-Error").ShouldBeFalse();
        using var wrong = await admin.GetAsync($"/api/v3/core/users/?path=users/q&search={Uri.EscapeDataString("is_activ = False")}");
        wrong.Headers.GetValues("X-AK-Query-Error").Single().ShouldStartWith("line 1, column 1: Unknown field: is_activ");
        using var forced = await admin.GetAsync($"/api/v3/core/users/?search_mode=ql&search={Uri.EscapeDataString("is_activ = False")}");
        forced.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await admin.GetApiAsync($"core/users/?path=users/q&search_mode=text&search={Uri.EscapeDataString("username = \"q-anna\"")}")).Each("username").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("is_active = \"yes\"", "Field \"is_active\" has \"nullable bool\" type. It can be compared to True or False or None, but not to \"yes\"")]
    [InlineData("pk = \"five\"", "Field \"pk\" has \"int\" type. It can be compared to integer numbers, but not to \"five\"")]
    [InlineData("username = 5", "Field \"username\" has \"str\" type. It can be compared to strings, but not to 5")]
    [InlineData("username = None", "Field username is not nullable, can't compare it to None")]
    [InlineData("date_joined = None", "Field date_joined is not nullable, can't compare it to None")]
    [InlineData("last_login < \"yesterday\"", "Field \"last_login\" can be compared to timestamps in \"YYYY-MM-DD HH:MM\" format")]
    [InlineData("attributes = \"x\"", "")]
    public async Task What_cannot_be_compared_is_told(string query, string message)
    {
        using var admin = await server.SuperuserAsync();
        var answer = await admin.GetApiAsync($"core/users/?search_mode=ql&search={Uri.EscapeDataString(query)}");
        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Text);
        answer.Json.ToString().Replace("\\u0027", "'", StringComparison.Ordinal).Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\u0022", "\"", StringComparison.Ordinal).ShouldContain(message);
    }

    [Fact]
    public async Task Lists_carry_what_completes_a_query()
    {
        using var admin = await server.SuperuserAsync();
        var list = await admin.GetApiAsync("core/users/");
        list.Json["autocomplete"]!["current_model"]!.ToString().ShouldBe("authentik_core.user");
        var fields = list.Json["autocomplete"]!["models"]!["authentik_core.user"]!;
        fields["username"]!.ToJsonString().ShouldBe("""{"type":"str","nullable":false,"options":null}""");
        fields["attributes"]!["relation"]!.ToString().ShouldBe("authentik_core.user_attributes");
        fields["type"]!["options"]!.AsArray().Count.ShouldBe(4);
        (await admin.GetApiAsync("core/tokens/")).Json["autocomplete"]!.ToJsonString().ShouldBe("{}");
    }

    [Fact]
    public async Task A_query_finds_nothing_that_the_caller_may_not_see()
    {
        var user = await server.AddUserAsync("q-seen");
        using var viewer = await server.WithRightsAsync($"authentik_core.view_user:{user.Pk}");
        (await viewer.GetApiAsync($"core/users/?search={Uri.EscapeDataString("username startswith \"q-\" or is_active = False")}")).Each("username").ShouldBe(["\"q-seen\""]);
    }
}
