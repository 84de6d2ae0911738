using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Postern.Directory.Tokens;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Core.Tokens;

public sealed class TokenTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    const string Path = "core/tokens/";
    readonly TestServer server = fixture.Server;

    [Fact]
    public async Task Everybody_makes_sees_changes_and_deletes_their_own()
    {
        var ann = await server.AddUserAsync("ann");
        var bob = await server.AddUserAsync("bob");
        using var client = server.Program(await server.AddTokenAsync(ann));
        using var other = server.Program(await server.AddTokenAsync(bob));

        var made = await client.PostApiAsync(Path, $$"""{"identifier":"mine","user":{{bob.Pk}},"description":"d"}""");

        made.Status.ShouldBe(HttpStatusCode.Created, made.Text);
        made.Json.AsObject().Select(m => m.Key).ShouldBe(["pk", "managed", "identifier", "intent", "user", "user_obj", "description", "expires", "expiring"], ignoreOrder: true);
        made.Member("intent").ShouldBe("\"api\"");
        made.Member("user").ShouldBe($"{ann.Pk}");
        made.Member("expiring").ShouldBe("true");
        made.Json["expires"]!.GetValue<DateTimeOffset>().ShouldBe(server.Clock.GetUtcNow().AddDays(1));
        (await other.GetApiAsync($"{Path}mine/")).ToString().ShouldBe("""404 {"detail":"No Token matches the given query."}""");
        (await other.GetApiAsync($"{Path}?identifier=mine")).Each("identifier").ShouldBeEmpty();
        (await client.CallAsync("PATCH", $"{Path}mine/", """{"description":"e"}""")).Member("description").ShouldBe("\"e\"");
        var key = (await client.GetApiAsync($"{Path}mine/view_key/")).Json["key"]!.GetValue<string>();
        using var with = server.Program(key);
        (await with.GetApiAsync("core/users/me/")).Json["user"]!["username"]!.GetValue<string>().ShouldBe("ann");
        (await client.CallAsync("DELETE", $"{Path}mine/")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await with.GetApiAsync("core/users/me/")).ToString().ShouldBe("""403 {"detail":"Token invalid/expired"}""");
    }

    [Theory]
    [InlineData("""{"identifier":"a b"}""", """{"identifier":["Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."]}""")]
    [InlineData("""{}""", """{"identifier":["This field is required."]}""")]
    [InlineData("""{"identifier":"v","intent":"verification"}""", """{"intent":["Invalid intent verification"]}""")]
    [InlineData("""{"identifier":"v","intent":"recovery"}""", """{"intent":["Invalid intent recovery"]}""")]
    public async Task Refuses_what_is_wrong(string body, string errors)
    {
        using var admin = await server.SuperuserAsync();
        (await admin.PostApiAsync(Path, body)).ToString().ShouldBe($"400 {errors}");
    }

    [Fact]
    public async Task Identifiers_are_unique_and_owners_stay()
    {
        using var admin = await server.SuperuserAsync();
        var user = await server.AddUserAsync("token-owner");
        (await admin.PostApiAsync(Path, $$"""{"identifier":"once","user":{{user.Pk}}}""")).Member("user").ShouldBe($"{user.Pk}");
        (await admin.PostApiAsync(Path, """{"identifier":"once"}""")).ToString().ShouldBe("""400 {"identifier":["This field must be unique."]}""");
        var other = await server.AddUserAsync("token-heir");
        (await admin.CallAsync("PATCH", $"{Path}once/", $$"""{"user":{{other.Pk}}}""")).ToString().ShouldBe("""400 {"user":["User cannot be changed"]}""");
        (await admin.CallAsync("PUT", $"{Path}once/", """{"identifier":"once","description":"x"}""")).Member("user").ShouldBe($"{user.Pk}");
    }

    [Fact]
    public async Task App_passwords_live_no_longer_than_allowed()
    {
        var user = await server.AddUserAsync("apps", u => u.Attributes["goauthentik.io/user/token-maximum-lifetime"] = "days=10");
        using var client = server.Program(await server.AddTokenAsync(user));
        var most = server.Clock.GetUtcNow().AddDays(10);

        (await client.PostApiAsync(Path, $$"""{"identifier":"app-1","intent":"app_password","expires":"{{most:O}}"}""")).Json["expires"]!.GetValue<DateTimeOffset>().ShouldBe(most);
        (await client.PostApiAsync(Path, $$"""{"identifier":"app-2","intent":"app_password","expires":"{{most.AddSeconds(1):O}}"}""")).ToString()
            .ShouldBe($$"""400 {"expires":["Token expires exceeds maximum lifetime ({{most:yyyy-MM-dd HH:mm:ss}} UTC)."]}""");
    }

    [Fact]
    public async Task Whether_tokens_expire_is_no_choice_of_their_owner()
    {
        var forever = await server.AddUserAsync("forever", u => u.Attributes["goauthentik.io/user/token-expires"] = false);
        using var lasting = server.Program(await server.AddTokenAsync(forever));
        (await lasting.PostApiAsync(Path, """{"identifier":"lasting","expiring":true}""")).Member("expiring").ShouldBe("false");
        using var usual = server.Program(await server.AddTokenAsync(await server.AddUserAsync("usual")));
        (await usual.PostApiAsync(Path, """{"identifier":"ending","expiring":false}""")).Member("expiring").ShouldBe("true");
    }

    [Fact]
    public async Task Api_tokens_live_the_usual_time_from_every_save_whatever_is_asked()
    {
        using var client = server.Program(await server.AddTokenAsync(await server.AddUserAsync("renewer")));
        const string wish = "2199-01-01T00:00:00Z";
        (await client.PostApiAsync(Path, $$"""{"identifier":"renewed","expires":"{{wish}}"}""")).Json["expires"]!.GetValue<DateTimeOffset>().ShouldBe(server.Clock.GetUtcNow().AddDays(1));
        server.Clock.Advance(TimeSpan.FromHours(1));
        (await client.CallAsync("PATCH", $"{Path}renewed/", $$"""{"expires":"{{wish}}"}""")).Json["expires"]!.GetValue<DateTimeOffset>().ShouldBe(server.Clock.GetUtcNow().AddDays(1));
        (await client.PostApiAsync(Path, """{"identifier":"usual-app","intent":"app_password"}""")).Json["expires"]!.GetValue<DateTimeOffset>().ShouldBe(server.Clock.GetUtcNow().AddDays(1));
        using var admin = await server.SuperuserAsync();
        (await admin.PostApiAsync(Path, """{"identifier":"endless","expiring":false}""")).Member("expiring").ShouldBe("false");
    }

    [Fact]
    public async Task Expired_ones_are_listed_until_they_are_swept()
    {
        await server.AddTokenAsync(await server.AddUserAsync("over"), t => (t.Identifier, t.Expiring, t.Expires) = ("over", true, server.Clock.GetUtcNow().AddMinutes(-1)));
        using var viewer = await server.WithRightsAsync("authentik_core.view_token");
        (await viewer.GetApiAsync($"{Path}?identifier=over")).Each("identifier").ShouldBe(["\"over\""]);
        await server.Database.ExecuteAsync("DELETE FROM token WHERE identifier = 'over'");
    }

    [Fact]
    public async Task Viewing_and_setting_keys_is_recorded_and_needs_its_right()
    {
        var user = await server.AddUserAsync("keyed");
        await server.AddTokenAsync(user, t => t.Identifier = "keyed-token");
        using var viewer = await server.WithRightsAsync("authentik_core.view_token", "authentik_core.change_token");
        (await viewer.GetApiAsync($"{Path}keyed-token/view_key/")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await viewer.PostApiAsync($"{Path}keyed-token/set_key/", """{"key":"k"}""")).Status.ShouldBe(HttpStatusCode.Forbidden);

        using var trusted = await server.WithRightsAsync("authentik_core.view_token", "authentik_core.view_token_key", "authentik_core.set_token_key");
        (await trusted.PostApiAsync($"{Path}keyed-token/set_key/", """{"key":"chosen-key"}""")).ToString().ShouldBe("204 ");
        (await trusted.GetApiAsync($"{Path}keyed-token/view_key/")).Text.ShouldBe("""{"key":"chosen-key"}""");
        (await trusted.PostApiAsync($"{Path}keyed-token/set_key/", "{}")).ToString().ShouldBe("""400 {"key":["This field is required."]}""");
        await server.AddTokenAsync(user, t => t.Key = "used-key");
        (await trusted.PostApiAsync($"{Path}keyed-token/set_key/", """{"key":"used-key"}""")).ToString().ShouldBe("""400 {"key":["This field must be unique."]}""");

        (await server.Database.ScalarAsync<long>("SELECT count(*) FROM event WHERE action = 'secret_view' AND context -> 'secret' ->> 'name' = 'keyed-token'")).ShouldBe(1);
        (await server.Database.ScalarAsync<string>("SELECT context::text FROM event WHERE action = 'model_updated' AND context -> 'model' ->> 'name' = 'keyed-token'"))!.ShouldNotContain("chosen-key");
    }

    /// <summary>Who knows the key is its owner: the right to keys is no way to the owner's rights.</summary>
    [Fact]
    public async Task Keys_of_those_who_may_do_more_are_neither_shown_nor_set()
    {
        await server.AddTokenAsync(await server.AddSuperuserAsync("above"), t => (t.Identifier, t.Key) = ("token-above", "key-above"));
        var deleter = await server.AddUserAsync("deleter");
        await server.AddTokenAsync(deleter, t => t.Identifier = "token-of-deleter");
        var role = await server.AddRoleAsync("deletes users", "authentik_core.delete_user");
        await server.Database.ExecuteAsync($"INSERT INTO user_role (user_pk, role_pk) VALUES ({deleter.Pk}, '{role}')");

        using var keeper = await server.WithRightsAsync("authentik_core.view_token", "authentik_core.view_token_key", "authentik_core.set_token_key");
        foreach (var identifier in new[] { "token-above", "token-of-deleter" })
        {
            (await keeper.GetApiAsync($"{Path}{identifier}/view_key/")).ToString().ShouldBe("""403 {"detail":"You do not have permission to perform this action."}""");
            (await keeper.PostApiAsync($"{Path}{identifier}/set_key/", """{"key":"chosen"}""")).ToString().ShouldBe("""403 {"detail":"You do not have permission to perform this action."}""");
        }

        using var chosen = server.Program("chosen");
        (await chosen.GetApiAsync("core/users/me/")).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var admin = await server.SuperuserAsync();
        (await admin.GetApiAsync($"{Path}token-above/view_key/")).Text.ShouldBe("""{"key":"key-above"}""");
    }

    [Fact]
    public async Task Nobody_makes_tokens_for_others_without_being_superuser()
    {
        var superuser = await server.AddSuperuserAsync("prey");
        using var delegated = await server.WithRightsAsync("authentik_core.add_token", "authentik_core.view_token");
        (await delegated.PostApiAsync(Path, $$"""{"identifier":"stolen","user":{{superuser.Pk}}}""")).Member("user").ShouldNotBe($"{superuser.Pk}", StringComparer.Ordinal);
    }

    [Fact]
    public async Task Expired_tokens_are_rotated_or_deleted()
    {
        var user = await server.AddUserAsync("expiring");
        var end = server.Clock.GetUtcNow().AddMinutes(-1);
        var old = await server.AddTokenAsync(user, t => (t.Identifier, t.Expiring, t.Expires) = ("rotated", true, end));
        await server.AddTokenAsync(user, t => (t.Identifier, t.Intent, t.Expiring, t.Expires) = ("deleted", TokenIntent.Recovery, true, end));
        await server.AddTokenAsync(user, t => (t.Identifier, t.Intent, t.Expiring, t.Expires) = ("kept", TokenIntent.Recovery, false, end));

        await server.InScopeAsync(async services =>
        {
            await ActivatorUtilities.CreateInstance<RotateExpired>(services).ExecuteAsync([], TestContext.Current.CancellationToken);
            return 0;
        });

        (await server.Database.ScalarAsync<bool>($"SELECT key_hash = sha256('{old}') FROM token WHERE identifier = 'rotated'")).ShouldBeFalse();
        (await server.Database.ScalarAsync<DateTime>("SELECT expires FROM token WHERE identifier = 'rotated'")).ShouldBe(server.Clock.GetUtcNow().AddDays(1).UtcDateTime);
        (await server.Database.ScalarAsync<string>("SELECT context ->> 'message' FROM event WHERE action = 'secret_rotate'")).ShouldBe("Token rotated's secret was rotated.");
        (await server.Database.ScalarAsync<string>("SELECT string_agg(identifier, ' ' ORDER BY identifier) FROM token WHERE identifier IN ('deleted', 'kept')")).ShouldBe("kept");
    }
}
