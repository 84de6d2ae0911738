using System.Text.RegularExpressions;
using Postern.Mail;
using Postern.Mail.Languages;
using Postern.Mail.Templates;

namespace Postern.Tests.Unit.Mails;

/// <summary>Mails in the reader's language.</summary>
public sealed partial class LanguageTests
{
    static readonly string[] Subjects =
    [
        "Account Confirmation", "Password Reset", "authentik Sign-in code", "You have been invited to %(host)s", "Reminder: you have been invited to %(host)s", "Welcome", "%(username)s accepted your invitation", "%(username)s waits for your approval", "New sign-in to your account", "Your password was changed", "A sign-in method was added",
        "A sign-in method was removed", "Your e-mail address was changed", "Your account was recovered", "Your account was locked", "Licenses need your attention", "A license ends soon", "When", "From address", "Browser", "By",
    ];

    [Theory]
    [InlineData("de", "de")]
    [InlineData("de_AT", "de")]
    [InlineData("fr-CA,fr;q=0.8,en;q=0.5", "fr")]
    [InlineData("nl, es;q=0.5", "es")]
    [InlineData("en-GB,de;q=0.5", "en")]
    [InlineData("xx", "en")]
    [InlineData("", "en")]
    [InlineData(null, "en")]
    public void A_language_is_chosen(string? wanted, string language) => Language.Choose(wanted).ShouldBe(language);

    [Fact]
    public void What_the_person_chose_comes_first() => Language.Choose(null, "es", "de-DE,de").ShouldBe("es");

    [Fact]
    public void Every_sentence_of_every_template_is_translated_with_its_values()
    {
        var sentences = Sources().SelectMany(Sentences).Concat(Subjects).Distinct(StringComparer.Ordinal).ToList();
        sentences.Count.ShouldBeGreaterThan(40);
        foreach (var language in Language.All.Where(l => l is not "en"))
        {
            foreach (var sentence in sentences)
            {
                var translated = Language.Find(language, sentence).ShouldNotBeNull($"{language}: {sentence}");
                Places(translated).ShouldBe(Places(sentence), ignoreOrder: true, $"{language}: {sentence}");
            }
            Language.CatalogueOf(language).Keys.Except(sentences).ShouldBe(["@date"], language);
        }
    }

    [Fact]
    public void A_mail_is_rendered_in_each_language()
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal) { ["url"] = "https://id.example.org/?a=1&b=2", ["expires"] = new DateTimeOffset(2026, 12, 24, 18, 30, 0, TimeSpan.Zero), ["user"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["username"] = "a<b", ["name"] = "" } };
        var source = new Files();
        foreach (var (language, words) in new[] { ("en", "24 Dec 2026 18:30 UTC"), ("de", "24.12.2026 18:30 UTC"), ("fr", "24/12/2026 18:30 UTC"), ("es", "24/12/2026 18:30 UTC") })
        {
            var html = source.Find("email/password_reset.html")!.Render(values, source, language);
            html.ShouldContain(words);
            html.ShouldContain("<strong>a&lt;b</strong>");
            html.ShouldContain(Language.Translate(language, "Reset your password"));
            html.ShouldNotContain("%(");
        }
    }

    [Theory]
    [InlineData("{% trans \"When\" %}", "de", "Wann")]
    [InlineData("{% trans 'Nobody knows this' %}", "de", "Nobody knows this")]
    [InlineData("{% trans evil %}", "de", "&lt;b&gt;")]
    [InlineData("{% blocktrans %}\n  The link is valid\n  until {{ until }}.{% endblocktrans %}", "fr", "Le lien est valable jusqu’au &lt;now&gt;.")]
    [InlineData("{% blocktrans with x=until %}Mine: {{ x }}{% endblocktrans %}", "de", "Mine: &lt;now&gt;")]
    public void Sentences_are_translated_and_values_escaped(string template, string language, string html) => Template.Parse("a.html", template)
        .Render(new Dictionary<string, object?>(StringComparer.Ordinal) { ["until"] = "<now>", ["evil"] = "<b>" }, new Files(), language).ShouldBe(html);

    static IEnumerable<string> Sources()
    {
        var assembly = typeof(MailTemplates).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith("email/", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return reader.ReadToEnd();
        }
    }

    static IEnumerable<string> Sentences(string source) => Trans().Matches(source).Select(m => m.Groups["text"].Value)
        .Concat(Block().Matches(source).Select(m => Variable().Replace(m.Groups["text"].Value, "%(${name})s")));

    static List<string> Places(string sentence) => [.. Place().Matches(sentence).Select(m => m.Value)];

    [GeneratedRegex("""\{% trans "(?<text>.*?)" %\}""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Trans();

    [GeneratedRegex(@"\{% blocktrans.*?%\}(?<text>.*?)\{% endblocktrans %\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Block();

    [GeneratedRegex(@"\{\{ (?<name>.*?) \}\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"%\(.*?\)s", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Place();

    /// <summary>The product's own templates.</summary>
    sealed class Files : ITemplateSource
    {
        public Template? Find(string name)
        {
            using var stream = typeof(MailTemplates).Assembly.GetManifestResourceStream(name);
            if (stream is null)
                return null;
            using var reader = new StreamReader(stream);
            return Template.Parse(name, reader.ReadToEnd());
        }
    }
}
