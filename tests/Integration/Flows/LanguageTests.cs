using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Postern.Tests.Integration.Sessions;
using Postern.Tests.Support;
using Postern.Tests.Support.Servers;
using Postern.Web.Flow.Words;

namespace Postern.Tests.Integration.Flows;

/// <summary>Pages of flows in the language of who reads them.</summary>
public sealed partial class LanguageTests(SessionDoors fixture) : IClassFixture<SessionDoors>
{
    const string SignInPage = "/if/flow/default-authentication-flow/";

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_sentence_of_the_pages_and_of_the_shipped_flows_is_translated_with_its_values()
    {
        var pages = System.IO.Directory.EnumerateFiles(Path.Combine(Repository.Folder, "src", "3-apps", "Web", "Flow"), "*.*", SearchOption.AllDirectories).Where(f => f.EndsWith(".razor", StringComparison.Ordinal) || f.EndsWith("DeviceChoice.cs", StringComparison.Ordinal));
        var shipped = System.IO.Directory.EnumerateFiles(Path.Combine(Repository.Folder, "blueprints", "default"), "*.yaml");
        var said = pages.SelectMany(f => Said().Matches(File.ReadAllText(f)).Select(m => Numbered(m.Groups["text"].Value)))
            .Concat(shipped.SelectMany(f => Written().Matches(File.ReadAllText(f)).Select(m => Numbered(m.Groups["text"].Value.Replace("%(app)s", "{app}", StringComparison.Ordinal)))))
            // An abbreviation is the same everywhere.
            .Where(s => s != "UPN").Distinct(StringComparer.Ordinal).ToList();
        said.Count.ShouldBeGreaterThan(90);
        foreach (var language in Sentences.Catalogue.Languages)
        {
            var catalogue = Sentences.Catalogue.Of(language);
            said.Where(s => !catalogue.ContainsKey(s) && Sentences.In(language, s) == s).ShouldBeEmpty(language);
            catalogue.Keys.Order(StringComparer.Ordinal).ShouldBe(Sentences.Catalogue.Of("de").Keys.Order(StringComparer.Ordinal), language);
            catalogue.Where(s => !Places(s.Key).SequenceEqual(Places(s.Value))).Select(s => s.Key).ShouldBeEmpty(language);
        }
    }

    [Theory]
    [InlineData("de-AT,de;q=0.9,en;q=0.5", "", "de", "Benutzername", "Anmelden")]
    [InlineData("fr", "", "fr", "Nom d’utilisateur", "Se connecter")]
    [InlineData("es-MX", "", "es", "Nombre de usuario", "Iniciar sesión")]
    [InlineData("nl", "", "en", "Username", "Log in")]
    [InlineData("de", "?ui_locales=xx%20es", "es", "Nombre de usuario", "Iniciar sesión")]
    [InlineData("de", "?next=%2Fapplication%2Fo%2Fauthorize%2F%3Fclient_id%3Dx%26ui_locales%3Dfr-CA%2520en", "fr", "Nom d’utilisateur", "Se connecter")]
    public async Task A_page_speaks_the_language_that_is_asked_for(string browser, string query, string language, string label, string button)
    {
        using var visitor = Visitor(browser);
        var page = await PageAsync(visitor, SignInPage + query);
        page.DocumentElement.GetAttribute("lang").ShouldBe(language);
        page.QuerySelector("label")!.TextContent.ShouldContain(label);
        page.QuerySelector("button[type=submit]")!.TextContent.Trim().ShouldBe(button);
    }

    [Fact]
    public async Task Refusals_are_told_in_the_language_and_answers_to_programs_stay_as_they_are()
    {
        using var visitor = Visitor("de");
        await PageAsync(visitor, SignInPage);
        using var form = new FormUrlEncodedContent([new("component", "ak-stage-identification"), new("uid_field", "")]);
        using var answer = await visitor.PostAsync(SignInPage, form, Cancellation);
        var page = await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync(Cancellation), Cancellation);
        page.Title!.ShouldStartWith("Fehler: ");
        page.Body!.TextContent.ShouldContain("Geben Sie an, wer Sie sind.");
        (await visitor.GetStringAsync("/api/v3/flows/executor/default-authentication-flow/?query=", Cancellation)).ShouldContain("\"primary_action\":\"Log in\"");
    }

    [Fact]
    public async Task Who_is_signed_in_reads_their_own_language()
    {
        var user = await fixture.Server.AddUserAsync("lingua", u => u.Attributes = new() { ["settings"] = new System.Text.Json.Nodes.JsonObject { ["locale"] = "fr" } });
        using var visitor = Visitor("de");
        (await SessionDoors.SignInAsync(visitor, user)).EnsureSuccessStatusCode();
        (await PageAsync(visitor, "/if/flow/default-password-change/")).DocumentElement.GetAttribute("lang").ShouldBe("fr");
    }

    [Theory]
    [InlineData("Continue to regain access to the account ada.", "Fahren Sie fort, um wieder Zugang zum Konto ada zu erhalten.")]
    [InlineData("Ada invites you to Harbour", "Ada lädt Sie zu Harbour ein")]
    [InlineData("Ensure this field has no more than 150 characters.", "Verwenden Sie höchstens 150 Zeichen.")]
    [InlineData("What the administrator wrote", "What the administrator wrote")]
    public void Texts_with_values_are_translated_and_others_left_alone(string text, string german) => Sentences.In("de", text).ShouldBe(german);

    HttpClient Visitor(string language)
    {
        var visitor = fixture.Server.Browser();
        visitor.DefaultRequestHeaders.Add("Accept-Language", language);
        return visitor;
    }

    static async Task<IHtmlDocument> PageAsync(HttpClient visitor, string path)
    {
        using var answer = await visitor.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        return await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync(Cancellation), Cancellation);
    }

    /// <summary>With numbers where values stand, as catalogues have it.</summary>
    static string Numbered(string text)
    {
        var number = 0;
        return Value().Replace(text, _ => FormattableString.Invariant($"{{{number++}}}"));
    }

    static IEnumerable<string> Places(string sentence) => Value().Matches(sentence).Select(m => m.Value).Order(StringComparer.Ordinal);

    [GeneratedRegex("""T\(\$?"(?<text>(?:[^"{]|\{[^}]*\})+)"\)|(?:Button|Label|Title)="(?<text>[A-Z][^"@]*)"|"[a-z]+" => (?:Challenge[^?]*\? )?\$?"(?<text>[A-Z](?:[^"{]|\{[^}]*\})*)"|: "(?<text>[A-Z][^"]+)\x22""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Said();

    [GeneratedRegex("""(?:\btitle|\blabel|error_message): "?(?<text>[A-Z][^,"}\n]*)""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Written();

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Value();
}
