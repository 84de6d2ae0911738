using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Postern.Directory.Attributes;
using Postern.Directory.Users;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Core.Users;

/// <summary>What the fields of a user hold, who sets them, and how lists treat them.</summary>
public sealed class FieldTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    const string Path = "core/users/";
    readonly TestServer server = fixture.Server;

    [Theory]
    [InlineData("username", 150, "")]
    [InlineData("email", 254, "@example.org")]
    public async Task Lengths_are_limited(string field, int most, string end)
    {
        using var admin = await server.SuperuserAsync();
        (await admin.PostApiAsync(Path, Body(field, most, end))).Status.ShouldBe(HttpStatusCode.Created);
        (await admin.PostApiAsync(Path, Body(field, most + 1, end))).ToString().ShouldBe($$"""400 {"{{field}}":["Ensure this field has no more than {{most}} characters."]}""");
    }

    [Fact]
    public async Task Some_are_set_by_clients_and_some_by_the_server_alone()
    {
        using var admin = await server.SuperuserAsync();
        var user = await server.AddUserAsync("fields");
        var before = await admin.GetApiAsync($"{Path}{user.Pk}/");
        server.Clock.Advance(TimeSpan.FromMinutes(5));
        var after = await admin.CallAsync("PATCH", $"{Path}{user.Pk}/", """{"last_login":"2026-01-02T03:04:05Z","date_joined":"2020-01-01T00:00:00Z","password_change_date":"2020-01-01T00:00:00Z","uuid":"0190b3c0-0000-7000-8000-000000000000","is_superuser":true,"pk":1}""");
        after.Json["last_login"]!.GetValue<DateTimeOffset>().ShouldBe(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        foreach (var field in new[] { "pk", "uuid", "date_joined", "password_change_date", "is_superuser", "uid" })
            after.Member(field).ShouldBe(before.Member(field), field);
        after.Json["last_updated"]!.GetValue<DateTimeOffset>().ShouldBe(server.Clock.GetUtcNow());
        await admin.PostApiAsync($"{Path}{user.Pk}/set_password/", """{"password":"changed"}""");
        (await admin.GetApiAsync($"{Path}{user.Pk}/")).Json["password_change_date"]!.GetValue<DateTimeOffset>().ShouldBe(server.Clock.GetUtcNow());
    }

    [Fact]
    public async Task The_uid_comes_of_key_and_installation()
    {
        using var admin = await server.SuperuserAsync();
        var user = await server.AddUserAsync("uid");
        var install = await server.InScopeAsync(async services => await services.GetRequiredService<InstallId>().GetAsync(CancellationToken.None));
        (await admin.GetApiAsync($"{Path}{user.Pk}/")).Json["uid"]!.ToString().ShouldBe(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{user.Pk}-{install}"))));
    }

    [Fact]
    public async Task Effective_attributes_are_the_brands_the_groups_by_name_and_the_users()
    {
        var user = await server.AddUserAsync("merged", u => u.Attributes = new() { ["from"] = "user", ["list"] = new System.Text.Json.Nodes.JsonArray("user") });
        var top = await server.AddGroupAsync("merge-z-top");
        var leaf = await server.AddGroupAsync("merge-a-leaf", parent: top, members: user);
        await server.Database.ExecuteAsync($$$"""
            UPDATE "group" SET attributes = '{"from": "top", "group": "top", "list": ["top"]}' WHERE pk = '{{{top}}}';
            UPDATE "group" SET attributes = '{"from": "leaf", "group": "leaf", "list": ["leaf"]}' WHERE pk = '{{{leaf}}}'
            """);
        var merged = await server.InScopeAsync(async services =>
            await services.GetRequiredService<EffectiveAttributes>().OfAsync(user, new() { ["brand"] = true, ["from"] = "brand", ["list"] = new System.Text.Json.Nodes.JsonArray("brand") }, CancellationToken.None));
        merged.ToJsonString().ShouldBe("""{"brand":true,"from":"user","list":["brand","leaf","top","user"],"group":"top"}""");
    }

    [Theory]
    [InlineData("", "o-a o-b o-c")]
    [InlineData("-username", "o-c o-b o-a")]
    [InlineData("last_login", "o-b o-a o-c")]
    [InlineData("-last_login,username", "o-c o-a o-b")]
    [InlineData("email", "o-c o-b o-a")]
    [InlineData("nothing", "o-a o-b o-c")]
    [InlineData("nothing,-username", "o-c o-b o-a")]
    public async Task Lists_come_in_the_order_asked_for(string ordering, string names)
    {
        using var admin = await server.SuperuserAsync();
        if ((await admin.GetApiAsync($"{Path}?username=o-a")).Each("pk").Count == 0)
        {
            await server.AddUserAsync("o-a", u => (u.Path, u.Email, u.LastLogin) = ("ordered", "3@example.org", new DateTimeOffset(2021, 1, 1, 0, 0, 0, TimeSpan.Zero)));
            await server.AddUserAsync("o-b", u => (u.Path, u.Email, u.LastLogin) = ("ordered", "2@example.org", new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero)));
            await server.AddUserAsync("o-c", u => (u.Path, u.Email) = ("ordered", "1@example.org"));
        }
        string.Join(' ', (await admin.GetApiAsync($"{Path}?path=ordered&ordering={ordering}")).Each("username").Select(n => n.Trim('"'))).ShouldBe(names);
    }

    [Theory]
    [InlineData("date_joined__lt=2021-06-01T00:00:00Z", "d-old")]
    [InlineData("date_joined__gt=2021-06-01T00:00:00Z", "d-new")]
    [InlineData("date_joined=2021-01-01T00:00:00Z", "d-old")]
    [InlineData("last_updated__lt=2021-06-01T00:00:00Z", "d-new")]
    [InlineData("last_updated__gt=2021-06-01T00:00:00Z", "d-old")]
    [InlineData("last_updated=2021-01-01T00:00:00Z", "d-new")]
    [InlineData("last_login__isnull=true", "d-new d-old")]
    [InlineData("roles_by_pk=ROLE", "d-old")]
    [InlineData("groups_by_pk=GROUP", "d-new")]
    [InlineData("uuid=UUID", "d-new")]
    [InlineData("search=UUID", "d-new")]
    public async Task Dates_keys_and_memberships_filter(string query, string names)
    {
        using var admin = await server.SuperuserAsync();
        if ((await admin.GetApiAsync($"{Path}?username=d-old")).Each("pk").Count == 0)
        {
            var (early, late) = (new DateTimeOffset(2021, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2022, 1, 1, 0, 0, 0, TimeSpan.Zero));
            var old = await server.AddUserAsync("d-old", u => (u.Path, u.DateJoined, u.LastUpdated) = ("dated", early, late));
            var fresh = await server.AddUserAsync("d-new", u => (u.Path, u.DateJoined, u.LastUpdated) = ("dated", late, early));
            await server.AddGroupAsync("dated", members: fresh);
            await server.Database.ExecuteAsync($"INSERT INTO user_role VALUES ({old.Pk}, '{await server.AddRoleAsync("dated")}')");
        }
        var filled = query.Replace("ROLE", (await server.Database.ScalarAsync<Guid>("SELECT pk FROM role WHERE name = 'dated'")).ToString(), StringComparison.Ordinal)
            .Replace("GROUP", (await server.Database.ScalarAsync<Guid>("SELECT pk FROM \"group\" WHERE name = 'dated'")).ToString(), StringComparison.Ordinal)
            .Replace("UUID", (await server.Database.ScalarAsync<Guid>("SELECT uuid FROM \"user\" WHERE username = 'd-new'")).ToString(), StringComparison.Ordinal);
        string.Join(' ', (await admin.GetApiAsync($"{Path}?path=dated&ordering=username&{filled}")).Each("username").Select(n => n.Trim('"'))).ShouldBe(names);
    }

    [Fact]
    public async Task What_refers_to_a_user_is_listed_as_far_as_one_may_see_it()
    {
        var user = await server.AddUserAsync("referred");
        await server.AddTokenAsync(user, t => t.Identifier = "token-of-referred");
        await server.AddGroupAsync("group-of-referred", members: user);
        using var admin = await server.SuperuserAsync();
        var uses = (await admin.GetApiAsync($"{Path}{user.Pk}/used_by/")).Json.AsArray();
        uses.Select(u => $"{u!["app"]}.{u["model_name"]} {u["name"]} {u["action"]}").ShouldBe(["authentik_core.token token-of-referred cascade", "authentik_core.group group-of-referred cascade_many"], ignoreOrder: true);
        using var viewer = await server.WithRightsAsync("authentik_core.view_user", "authentik_core.view_group");
        (await viewer.GetApiAsync($"{Path}{user.Pk}/used_by/")).Json.AsArray().Select(u => u!["model_name"]!.ToString()).ShouldBe(["group"]);
    }

    [Fact]
    public async Task A_verb_that_is_not_offered_is_told()
    {
        using var admin = await server.SuperuserAsync();
        (await admin.CallAsync("PATCH", Path, "{}")).ToString().ShouldBe("""405 {"detail":"Method \"PATCH\" not allowed."}""");
    }

    static string Body(string field, int length, string end)
    {
        var value = new string('x', length - end.Length) + end;
        return field is "username" ? $$"""{"username":"{{value}}","name":""}""" : $$"""{"username":"{{Guid.NewGuid():N}}","name":"","email":"{{value}}"}""";
    }
}
