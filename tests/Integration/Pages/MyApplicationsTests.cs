using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Postern.Directory.Users;
using Postern.Tests.Integration.Api.Core.Applications;
using Postern.Tests.Integration.Sessions;
using Postern.Tests.Support.Databases;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Pages;

/// <summary><c>/if/user/</c>, its settings, and <c>/application/launch/</c>.</summary>
public sealed class MyApplicationsTests(SessionDoors doors) : IClassFixture<SessionDoors>
{
    readonly TestServer server = doors.Server;

    [Fact]
    public async Task Shows_what_a_person_may_open_in_groups_and_nothing_else()
    {
        using var admin = await server.SuperuserAsync();
        var ann = await server.AddUserAsync("ann");
        var others = await server.AddGroupAsync("others");
        await admin.AddApplicationAsync("mail", "\"meta_launch_url\":\"https://mail.example.org/%(username)s\",\"open_in_new_tab\":true");
        await admin.AddApplicationAsync("wiki", "\"meta_launch_url\":\"/wiki/\",\"group\":\"Work\",\"meta_description\":\"Knowledge <b>for</b> all\",\"meta_icon\":\"https://cdn.example.org/%(theme)s.png\"");
        await admin.AddApplicationAsync("hidden", "\"meta_launch_url\":\"https://hidden.example.org\",\"meta_hide\":true");
        await admin.AddApplicationAsync("nowhere");
        await admin.AddApplicationAsync("sneaky", "\"meta_launch_url\":\"%(name)s\"");
        await admin.BindAsync(await admin.AddApplicationAsync("closed", "\"meta_launch_url\":\"https://closed.example.org\""), $"\"group\":\"{others}\"");
        await server.Database.ExecuteAsync($"UPDATE \"user\" SET name = 'javascript:alert(1)' WHERE pk = {ann.Pk}");
        using var browser = await SignedInAsync(ann);

        var page = await PageAsync(browser, "/if/user/");
        Links(page).ShouldBe(["mail https://mail.example.org/ann _blank", "wiki /wiki/ "]);
        page.QuerySelectorAll(".app-group h2").Select(h => h.TextContent).ShouldBe(["Work"]);
        page.QuerySelector(".app-tile p")!.TextContent.ShouldBe("Knowledge <b>for</b> all");
        page.QuerySelector("source")!.GetAttribute("srcset").ShouldBe("https://cdn.example.org/dark.png");
        page.QuerySelector(".app-edit").ShouldBeNull();

        Links(await PageAsync(browser, "/if/user/?search=knowledge+work")).ShouldBe(["wiki /wiki/ "]);
        (await PageAsync(browser, "/if/user/?search=zzz")).QuerySelector(".empty-title")!.TextContent.ShouldBe("No application matches");
    }

    [Theory]
    [InlineData(UserType.External)]
    [InlineData(UserType.ServiceAccount)]
    public async Task Others_than_internal_people_go_to_the_brands_application_or_are_denied(UserType type)
    {
        using var admin = await server.SuperuserAsync();
        var slug = $"home-{type}";
        var home = await admin.AddApplicationAsync(slug, "\"meta_launch_url\":\"https://portal.example.org/?u=%(username)s\",\"meta_hide\":true");
        var user = await server.AddUserAsync($"one-{type}", u => u.Type = type);
        using var browser = await SignedInAsync(user);
        using var denied = await browser.GetAsync("/if/user/");
        denied.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await denied.Content.ReadAsStringAsync()).ShouldContain("Interface can only be accessed by internal users.");
        (await PageAsync(browser, "/if/user/settings/")).QuerySelector("h1")!.TextContent.ShouldContain("Settings");

        var brand = (await admin.GetApiAsync("core/brands/")).Json["results"]![0]!["brand_uuid"]!.GetValue<string>();
        await admin.CallAsync("PATCH", $"core/brands/{brand}/", $$"""{"default_application":"{{home}}"}""");
        using var sent = await browser.GetAsync("/if/user/");
        sent.Headers.Location!.ToString().ShouldBe($"/application/launch/{slug}/");
        using var launched = await browser.GetAsync(sent.Headers.Location);
        launched.Headers.Location!.ToString().ShouldBe($"https://portal.example.org/?u=one-{type}");
        await admin.CallAsync("PATCH", $"core/brands/{brand}/", """{"default_application":null}""");
    }

    [Fact]
    public async Task The_console_is_for_those_who_may_enter_it_and_the_root_leads_everybody_home()
    {
        var user = await server.AddUserAsync("enters");
        using var browser = await SignedInAsync(user);
        using var root = await browser.GetAsync("/");
        root.Headers.Location!.ToString().ShouldBe("/if/user/");
        using var refused = await browser.GetAsync("/if/admin/");
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("You may not open the admin interface.");
        var role = await server.AddRoleAsync("enters", "authentik_rbac.access_admin_interface");
        await server.Database.ExecuteAsync($"INSERT INTO user_role VALUES ({user.Pk}, '{role}')");
        using var opened = await browser.GetAsync("/if/admin/");
        opened.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Launching_refuses_and_leads_to_sign_in()
    {
        using var admin = await server.SuperuserAsync();
        var user = await server.AddUserAsync("launcher");
        var others = await server.AddGroupAsync("launch others");
        await admin.BindAsync(await admin.AddApplicationAsync("locked", "\"meta_launch_url\":\"https://locked.example.org\""), $"\"group\":\"{others}\"");
        await admin.AddApplicationAsync("unreachable");
        await admin.AddApplicationAsync("twisted", "\"meta_launch_url\":\"%(name)s\"");
        await server.Database.ExecuteAsync($"UPDATE \"user\" SET name = '//evil.example.org' WHERE pk = {user.Pk}");
        using var browser = await SignedInAsync(user);
        foreach (var (slug, status) in new[] { ("locked", HttpStatusCode.Forbidden), ("unreachable", HttpStatusCode.NotFound), ("missing", HttpStatusCode.NotFound), ("twisted", HttpStatusCode.NotFound) })
        {
            using var answer = await browser.GetAsync($"/application/launch/{slug}/");
            answer.StatusCode.ShouldBe(status, slug);
        }
        using var nobody = server.Browser();
        using var asked = await nobody.GetAsync("/application/launch/locked/");
        asked.Headers.Location!.ToString().ShouldBe("/flows/-/default/authentication/?next=%2Fapplication%2Flaunch%2Flocked%2F");
        using var start = await nobody.GetAsync("/if/user/settings/");
        start.Headers.Location!.ToString().ShouldStartWith("/flows/-/default/authentication/");
    }

    [Fact]
    public async Task The_page_costs_the_same_for_few_and_for_hundreds()
    {
        using var browser = await SignedInAsync(await server.AddUserAsync("counter"));
        var few = await CountAsync(browser);
        await server.Database.ExecuteAsync(
            "INSERT INTO application SELECT gen_random_uuid(), 'many ' || i, 'many-' || i, '', NULL, 'https://m.example.org/%(username)s', false, '', '', '', false, 'any' FROM generate_series(1, 500) i");
        await PageAsync(browser, "/if/user/");
        (await CountAsync(browser)).ShouldBeInRange(1, Math.Max(few, 20));
        (await PageAsync(browser, "/if/user/")).QuerySelectorAll(".app-tile").Length.ShouldBeGreaterThanOrEqualTo(500);
        await server.Database.ExecuteAsync("DELETE FROM application WHERE slug LIKE 'many-%'");
    }

    async Task<int> CountAsync(HttpClient browser)
    {
        using var count = new StatementCount(server.Database);
        await PageAsync(browser, "/if/user/");
        return count.Value;
    }

    async Task<HttpClient> SignedInAsync(User user)
    {
        var browser = server.Browser();
        (await SessionDoors.SignInAsync(browser, user)).EnsureSuccessStatusCode();
        return browser;
    }

    static async Task<IHtmlDocument> PageAsync(HttpClient browser, string path) => new HtmlParser().ParseDocument(await browser.GetStringAsync(path));

    static IEnumerable<string> Links(IHtmlDocument page) =>
        page.QuerySelectorAll("a.app-link").Select(a => $"{a.TextContent.Trim()} {a.GetAttribute("href")} {a.GetAttribute("target")}");
}
