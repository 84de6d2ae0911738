using System.Text.RegularExpressions;
using Postern.Directory.Users;
using Postern.Tests.Integration.Sessions;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Pages;

/// <summary>What the tabs of a user show, to whom, and what a press on their buttons takes away.</summary>
public sealed class UserTabsTests(SessionDoors doors) : IClassFixture<SessionDoors>
{
    const string Users = "/if/admin/directory/users/";
    readonly TestServer server = doors.Server;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("explicit-consent", "Wiki", "user_consent")]
    [InlineData("oauth-refresh-tokens", "wiki-provider", "oauth2_refresh_token")]
    [InlineData("mfa-authenticators", "phone", "totp_device")]
    public async Task Shows_what_belongs_to_the_user_and_deletes_it(string tab, string shown, string table)
    {
        var user = await OwnerAsync(tab);
        await OwnerAsync($"other-{tab}");
        using var admin = server.Browser();
        await SessionDoors.SignInAsync(admin, await server.AddSuperuserAsync($"root-{tab}"));
        var page = await admin.GetStringAsync($"{Users}{user.Pk}/?tab={tab}", Cancellation);
        page.ShouldContain(shown);
        var deletes = Regex.Matches(page, "href=\"(?<url>/if/admin/directory/[a-z-]+/[0-9]+/delete/\\?back=[^\"]*)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        var url = System.Net.WebUtility.HtmlDecode(deletes.ShouldHaveSingleItem().Groups["url"].Value);
        var dialog = await admin.GetStringAsync(url, Cancellation);
        dialog.ShouldContain("cannot be undone");
        using var gone = await admin.PostAsync(url, Form(dialog), Cancellation);
        gone.Headers.Location!.OriginalString.ShouldBe($"{Users}{user.Pk}/?tab={tab}");
        (await server.Database.ScalarAsync<long>($"SELECT count(*) FROM {table} WHERE user_pk = {user.Pk}")).ShouldBe(0);
    }

    [Theory]
    [InlineData("explicit-consent", "You may not see user consents")]
    [InlineData("oauth-refresh-tokens", "You may not see oauth2 refresh tokens")]
    [InlineData("mfa-authenticators", "You may not see authenticators")]
    public async Task Says_so_to_whom_may_not_see_it(string tab, string words)
    {
        var user = await OwnerAsync($"hidden-{tab}");
        var helper = await server.AddUserAsync($"helper-{tab}");
        await server.Database.ExecuteAsync($"INSERT INTO user_role VALUES ({helper.Pk}, '{await server.AddRoleAsync($"helper-{tab}", "authentik_core.view_user", "authentik_rbac.access_admin_interface")}')");
        using var browser = server.Browser();
        await SessionDoors.SignInAsync(browser, helper);
        var page = await browser.GetStringAsync($"{Users}{user.Pk}/?tab={tab}", Cancellation);
        page.ShouldContain(words);
        page.ShouldNotContain("phone");
        page.ShouldNotContain("Wiki");
    }

    [Fact]
    public async Task Among_more_groups_than_a_list_offers_none_is_lost_and_any_is_added_by_its_name()
    {
        var own = new SessionDoors();
        await own.InitializeAsync();
        await own.Server.Database.ExecuteAsync("INSERT INTO \"group\" (pk, name, is_superuser, attributes) SELECT gen_random_uuid(), 'many-' || lpad(n::text, 4, '0'), false, '{}' FROM generate_series(1, 520) n");
        var user = await own.Server.AddUserAsync("crowded");
        var last = await own.Server.AddGroupAsync("zz-last", members: user);
        using var admin = own.Server.Browser();
        await SessionDoors.SignInAsync(admin, await own.Server.AddSuperuserAsync("crowd-root"));
        (await admin.GetStringAsync($"{Users}{user.Pk}/edit/", Cancellation)).ShouldMatch($"value=\"{last}\"[^>]* checked");
        var tab = await admin.GetStringAsync($"{Users}{user.Pk}/?tab=groups", Cancellation);
        tab.ShouldContain("<datalist");
        const string rule = "/if/admin/events/rules/new/";
        var form = await admin.GetStringAsync(rule, Cancellation);
        form.ShouldContain("destination_group-is-name");
        foreach (var (group, status) in new[] { ("nothing", System.Net.HttpStatusCode.UnprocessableEntity), ("many-0519", System.Net.HttpStatusCode.SeeOther) })
        {
            using var made = await admin.PostAsync(rule, Form(form, ("name", "by name"), ("severity", "notice"), ("destination_group", group), ("destination_group-is-name", "true")), Cancellation);
            made.StatusCode.ShouldBe(status, await made.Content.ReadAsStringAsync(Cancellation));
        }
        (await own.Server.Database.ScalarAsync<string>("SELECT g.name FROM notification_rule r JOIN \"group\" g ON g.pk = r.destination_group_pk WHERE r.name = 'by name'")).ShouldBe("many-0519");
        foreach (var (name, members) in new[] { ("many-0519", 2L), ("nothing", 2L) })
        {
            (await admin.PostAsync($"{Users}{user.Pk}/groups/add/", Form(tab, ("name", name)), Cancellation)).StatusCode.ShouldBe(System.Net.HttpStatusCode.SeeOther);
            (await own.Server.Database.ScalarAsync<long>($"SELECT count(*) FROM user_group WHERE user_pk = {user.Pk}")).ShouldBe(members);
        }
        await own.DisposeAsync();
    }

    [Fact]
    public async Task Notes_are_shown_as_what_they_mean_and_run_nothing()
    {
        var user = await server.AddUserAsync("noted", u => u.Attributes["notes"] = "Works **until May**. [a](javascript:alert(1)) <script>alert(2)</script>");
        using var admin = server.Browser();
        await SessionDoors.SignInAsync(admin, await server.AddSuperuserAsync("root-notes"));
        var page = await admin.GetStringAsync($"{Users}{user.Pk}/", Cancellation);
        page.ShouldContain("<strong>until May</strong>");
        page.ShouldNotContain("href=\"javascript");
        page.ShouldNotContain("<script>alert(2)");
        (await admin.GetStringAsync($"{Users}{user.Pk}/?tab=sessions", Cancellation)).ShouldNotContain("until May");
    }

    /// <summary>Fields with the proof that they come from this page.</summary>
    static FormUrlEncodedContent Form(string page, params (string Name, string Value)[] fields)
    {
        var proof = Regex.Match(page, "name=\"csrf\" value=\"(?<proof>[^\"]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["proof"].Value;
        return new([KeyValuePair.Create("csrf", proof), .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]);
    }

    /// <summary>A user with a consent, a refresh token and a second factor.</summary>
    async Task<User> OwnerAsync(string name)
    {
        var user = await server.AddUserAsync(name);
        var provider = await ProviderAsync();
        await server.Database.ExecuteAsync($"""
            INSERT INTO user_consent (user_pk, application_pk, permissions) SELECT {user.Pk}, pk, 'openid email' FROM application WHERE slug = 'wiki';
            INSERT INTO oauth2_refresh_token (token_hash, grant_id, provider_id, user_pk, scope, request, claims, auth_time, auth_method, created_at, expires, revoked)
                VALUES (sha256('{name}'), gen_random_uuid(), {provider}, {user.Pk}, 'openid', '{"{}"}', '{"{}"}', now(), '', now(), now() + interval '1 day', false);
            INSERT INTO totp_device (user_pk, name, confirmed, created, last_updated, failures, seed, digits, last_step, drift) VALUES ({user.Pk}, 'phone', true, now(), now(), 0, '', 6, 0, 0)
            """);
        return user;
    }

    async Task<int> ProviderAsync()
    {
        using var root = await server.SuperuserAsync();
        if ((await root.GetApiAsync("providers/oauth2/?name=wiki-provider")).Each("pk") is [var known, ..])
            return int.Parse(known, System.Globalization.CultureInfo.InvariantCulture);
        async Task<string> FlowAsync(string slug) => (await root.GetApiAsync($"flows/instances/{slug}/")).Json["pk"]!.ToString();
        var made = await root.PostApiAsync("providers/oauth2/", $$"""{"name":"wiki-provider","authorization_flow":"{{await FlowAsync("default-provider-authorization-implicit-consent")}}","invalidation_flow":"{{await FlowAsync("default-provider-invalidation-flow")}}","redirect_uris":[]}""");
        made.Status.ShouldBe(System.Net.HttpStatusCode.Created, made.Text);
        (await root.PostApiAsync("core/applications/", $$"""{"name":"Wiki","slug":"wiki","provider":{{made.Member("pk")}}}""")).Status.ShouldBe(System.Net.HttpStatusCode.Created);
        return made.Json["pk"]!.GetValue<int>();
    }
}
