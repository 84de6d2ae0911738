using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.DependencyInjection;
using Postern.Pages.Words;
using Postern.Storage.Kinds;
using Postern.Tests.Integration.Sessions;
using Postern.Tests.Support.Servers;
using Postern.Web.Flow.Words;

namespace Postern.Tests.Integration.Pages;

/// <summary>
/// The console and people's own pages in other languages: whoever walks from page to page finds no text that is neither translated nor data.
/// </summary>
public sealed partial class PageLanguageTests(SessionDoors fixture) : IClassFixture<SessionDoors>
{
    // Names of things that are the same in every language, and what nobody translates.
    static readonly HashSet<string> names = new(StringComparer.Ordinal)
    {
        "authentik", "Postern", "API", "ASN", "CIDR", "CSS", "CSV", "DPoP", "GeoIP", "HTML", "HTTP", "ID", "IP", "JSON", "JWKS", "OAuth", "OAuth2", "OIDC", "OK", "PKCE", "SAML", "SCIM", "SMS", "SMTP", "TOTP", "UID", "URI", "URL", "UTC", "UUID",
        "WebAuthn", "YAML", "Ctrl K", "akadmin", "Deutsch", "English", "Español", "Français",
    };

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_text_of_the_console_and_of_peoples_own_pages_is_translated()
    {
        using var admin = fixture.Server.Browser();
        (await SessionDoors.SignInAsync(admin, await fixture.Server.AddSuperuserAsync("polyglot"))).EnsureSuccessStatusCode();
        var data = await DataAsync();
        var missing = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var pages = await WalkAsync(admin, (path, html) => TranslateHtml.Execute(html, text =>
        {
            if (!IsData(text, data) && Sentences.Find("de", text) is null && Figures.In("de", text) is null)
                missing.TryAdd(text, path);
            return null;
        }));
        if (Environment.GetEnvironmentVariable("TEXTS") is { Length: > 0 } file)
            await File.WriteAllLinesAsync(file, missing.Select(m => $"{m.Value}\t{m.Key}"), Cancellation);
        pages.ShouldBeGreaterThan(150);
        missing.Select(m => $"{m.Key}   ({m.Value})").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("de", "Einstellungen", "Benutzer")]
    [InlineData("fr", "Paramètres", "Utilisateurs")]
    [InlineData("es", "Configuración", "Usuarios")]
    public async Task Pages_speak_the_language_of_the_person_or_of_the_browser(string language, string settings, string users)
    {
        var own = await fixture.Server.AddSuperuserAsync($"speaks-{language}");
        await fixture.Server.Database.ExecuteAsync($$"""UPDATE "user" SET attributes = '{"settings": {"locale": "{{language}}"} }' WHERE pk = {{own.Pk}}""");
        using var chosen = fixture.Server.Browser();
        (await SessionDoors.SignInAsync(chosen, own)).EnsureSuccessStatusCode();
        var page = await PageAsync(chosen, "/if/user/settings/");
        (page.DocumentElement.GetAttribute("lang"), page.QuerySelector("h1")!.TextContent.Trim()).ShouldBe((language, settings));
        page.Title!.ShouldStartWith($"{settings} - ");

        using var browser = fixture.Server.Browser();
        browser.DefaultRequestHeaders.Add("Accept-Language", language);
        (await SessionDoors.SignInAsync(browser, await fixture.Server.AddSuperuserAsync($"reads-{language}"))).EnsureSuccessStatusCode();
        var list = await PageAsync(browser, "/if/admin/directory/users/");
        (list.DocumentElement.GetAttribute("lang"), list.QuerySelector("h1")!.TextContent.Trim()).ShouldBe((language, users));
        // What people named stays what it is called.
        await fixture.Server.AddUserAsync($"Users {language}");
        (await PageAsync(browser, "/if/admin/directory/users/?page_size=100")).QuerySelectorAll("a.row-main").Select(a => a.TextContent.Trim()).ShouldContain($"Users {language}");
        (await PageAsync(browser, "/docs/")).DocumentElement.GetAttribute("lang").ShouldBe("en");
    }

    /// <summary>Opens one page of each shape that links lead to; answers how many.</summary>
    async Task<int> WalkAsync(HttpClient visitor, Action<string, string> read)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>(["/if/user/", "/if/admin/"]);
        var pages = 0;
        while (open.TryDequeue(out var path))
        {
            if (!seen.Add(Shape(path)))
                continue;
            using var answer = await visitor.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
            if (answer.Content.Headers.ContentType?.MediaType is not "text/html" || (int)answer.StatusCode >= 300)
                continue;
            pages++;
            var html = await answer.Content.ReadAsStringAsync(Cancellation);
            read(path, html);
            foreach (var link in (await new HtmlParser().ParseDocumentAsync(html, Cancellation)).QuerySelectorAll("a[href]").Select(a => a.GetAttribute("href")!).Where(h => h.StartsWith("/if/admin/", StringComparison.Ordinal) || h.StartsWith("/if/user/", StringComparison.Ordinal)))
                open.Enqueue(link.Split('#')[0]);
        }
        return pages;
    }

    /// <summary>Pages of one section differ in what is chosen of them, not in the object or the state of the list.</summary>
    static string Shape(string path)
    {
        var parts = path.Split('?', 2);
        var segments = parts[0].Trim('/').Split('/');
        var isObject = segments is ["if", "admin", _, _, _, ..] && segments[4] is not ("add" or "new" or "import" or "generate" or "wizard" or "export" or "batch" or "bulk");
        if (isObject)
            segments[4] = "*";
        string[] query = parts.Length < 2 ? [] : [.. parts[1].Split('&').Where(q => q.StartsWith("tab=", StringComparison.Ordinal) || q.StartsWith("type=", StringComparison.Ordinal) || q.StartsWith("kind=", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        return $"{string.Join('/', segments)}?{string.Join('&', query)}";
    }

    /// <summary>Every text that an object holds, as the API tells it.</summary>
    async Task<HashSet<string>> DataAsync()
    {
        using var admin = await fixture.Server.SuperuserAsync();
        var data = new HashSet<string>(StringComparer.Ordinal);
        foreach (var kind in fixture.Server.Services.GetRequiredService<KindRegistry>().All.Where(k => k.Path is not null))
        {
            var answer = await admin.GetApiAsync($"{kind.Path}/?page_size=200");
            if (answer.Status is System.Net.HttpStatusCode.OK)
                Collect(answer.Json["results"], data);
        }
        return data;
    }

    static void Collect(JsonNode? node, HashSet<string> data)
    {
        if (node is JsonObject map)
        {
            foreach (var (name, value) in map.Where(m => m.Key is not ("verbose_name" or "verbose_name_plural")))
            {
                if (map["component"] is null || name != "component")
                    Collect(value, data);
            }
        }
        else if (node is JsonArray list)
        {
            foreach (var item in list)
                Collect(item, data);
        }
        else if (node is JsonValue text && text.TryGetValue<string>(out var value))
        {
            data.Add(string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        }
    }

    static bool IsData(string text, HashSet<string> data) => data.Contains(text) || names.Contains(text) || !Letters().IsMatch(text) || Technical().IsMatch(text);

    static async Task<IHtmlDocument> PageAsync(HttpClient visitor, string path)
    {
        using var answer = await visitor.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        return await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync(Cancellation), Cancellation);
    }

    [GeneratedRegex(@"\p{L}{2}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Letters();

    // Keys, addresses, paths, names of models and of fields.
    [GeneratedRegex(@"^(?:[0-9a-f-]{36}|\S*[/@_.:=]\S*|[a-z0-9._-]+(, [a-z0-9._-]+)*|[0-9.:]+( UTC)?|[A-Za-z0-9]{20})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Technical();
}
