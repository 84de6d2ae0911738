using System.Net;
using System.Text.Json.Nodes;
using Postern.Tests.Integration.Authenticators;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.mail.templates;

/// <summary>An installation's own mail texts: for all brands or one, in all languages or one, in the database or in a folder.</summary>
public sealed class TemplateTests(MfaServer mfa) : IClassFixture<MfaServer>
{
    [Fact]
    public async Task The_closest_text_is_sent()
    {
        var brand = (await mfa.Admin.GetApiAsync("core/brands/?default=true")).Json["results"]![0]!["brand_uuid"]!.ToString();
        await MakeAsync(null, "", "All: {{ user.username }}", "<p>for all: {{ user.username }}</p>");
        (await SentAsync("tpl-one", "")).ShouldBe(("All: tpl-one", "for all: tpl-one"));
        await MakeAsync(null, "de", "", "<p>für alle</p>", "nur Text");
        (await SentAsync("tpl-two", "de")).ShouldBe(("Ihr Passwort wurde geändert", "nur Text"));
        await MakeAsync(brand, "", "Brand", "{% extends \"email/base.html\" %}{% block content %}<p>of {{ brand }} {% trans \"When\" %}</p>{% endblock %}");
        (await SentAsync("tpl-three", "de")).Subject.ShouldBe("Brand");
        (await SentAsync("tpl-four", "fr")).Text.ShouldContain("Quand");
    }

    [Theory]
    [InlineData("""{"name": "email/nothing.html", "html": "x"}""", "name", "Invalid template 'email/nothing.html' specified.")]
    [InlineData("""{"name": "email/setup.html", "html": "{% nonsense %}"}""", "html", "html, line 1: unknown tag nonsense")]
    [InlineData("""{"name": "email/setup.html", "html": "x", "text": "{% if a %}"}""", "text", "text: endif is missing")]
    [InlineData("""{"name": "email/setup.html", "html": "x", "locale": "tlh"}""", "locale", "\"tlh\" is not a valid choice.")]
    [InlineData("""{"name": "email/setup.html"}""", "html", "This field is required.")]
    public async Task What_cannot_be_a_template_is_refused(string body, string field, string reason)
    {
        var answer = await mfa.Admin.PostApiAsync("mail/templates/", body);
        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Text);
        answer.Json[field]![0]!.ToString().ShouldBe(reason);
    }

    [Fact]
    public async Task There_is_one_for_each_mail_brand_and_language()
    {
        const string body = """{"name": "email/invitation.html", "locale": "es", "html": "x"}""";
        (await mfa.Admin.PostApiAsync("mail/templates/", body)).Status.ShouldBe(HttpStatusCode.Created);
        var twin = await mfa.Admin.PostApiAsync("mail/templates/", body);
        (twin.Status, twin.Text).ShouldBe((HttpStatusCode.BadRequest, """{"name":["There is one for this mail, brand and language already."]}"""));
    }

    [Fact]
    public async Task A_text_is_looked_at_before_it_is_stored()
    {
        var shown = await mfa.Admin.PostApiAsync("mail/templates/preview/", """{"name": "email/password_reset.html", "locale": "de", "subject": "Für {{ user.name }}", "html": "{% extends \"email/base.html\" %}{% block content %}<p>{{ user.name }}: {% trans \"When\" %}</p>{% endblock %}"}""");
        shown.Status.ShouldBe(HttpStatusCode.OK, shown.Text);
        (shown.Json["subject"]!.ToString(), shown.Json["text"]!.ToString()).ShouldBe(("Für Jane Smith", "Postern\n\nJane Smith: Wann"));
        shown.Json["html"]!.ToString().ShouldContain("<html lang=\"de\">");
        var usual = await mfa.Admin.PostApiAsync("mail/templates/preview/", """{"name": "email/invitation.html", "html": "x"}""");
        usual.Json["subject"]!.ToString().ShouldStartWith("You have been invited to 127.0.0.1");
        (await mfa.Admin.PostApiAsync("mail/templates/preview/", """{"name": "email/setup.html", "html": "{% extends \"gone.html\" %}"}""")).Text.ShouldBe("""{"html":["There is no template gone.html"]}""");
    }

    [Fact]
    public async Task An_example_is_sent_by_the_outbox()
    {
        var sent = await mfa.Admin.PostApiAsync("mail/templates/send/", """{"to": "tpl-example@example.org", "name": "email/setup.html", "subject": "An example", "html": "<p>mine</p>"}""");
        (await mfa.Admin.GetApiAsync($"mail/outbox/{sent.Json["mail"]}/")).Member("state").ShouldBe("\"queued\"");
        await mfa.WorkAsync();
        mfa.Mail.LastTo("tpl-example@example.org", "An example").Text.ShouldContain("mine");
        (await mfa.Admin.PostApiAsync("mail/templates/send/", """{"to": "nobody", "name": "email/setup.html", "html": "x"}""")).Text.ShouldBe("""{"to":["Enter a valid email address."]}""");
    }

    [Fact]
    public async Task Others_are_refused()
    {
        using var somebody = await mfa.Server.WithRightsAsync("authentik_core.view_user");
        (await somebody.GetApiAsync("mail/templates/")).Status.ShouldBe(HttpStatusCode.Forbidden);
        foreach (var door in new[] { "", "preview/", "send/" })
            (await somebody.PostApiAsync($"mail/templates/{door}", """{"name": "email/setup.html", "html": "x", "to": "a@example.org"}""")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_file_of_the_folder_stands_in_for_the_products_own()
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("postern-templates-");
        try
        {
            System.IO.Directory.CreateDirectory(Path.Combine(folder.FullName, "email"));
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "email/invitation.html"), "<p>Come to {{ host }}: {{ url }}</p>", TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "email/invitation.txt"), "Come: {{ url }}", TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "own.html"), "<p>own</p>", TestContext.Current.CancellationToken);
            await using var server = await TestServer.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["POSTERN_EMAIL__TEMPLATE_DIR"] = folder.FullName });
            using var root = await server.SuperuserAsync();
            var names = (await root.GetApiAsync("stages/email/templates/")).Json.AsArray().Select(t => t!["name"]!.ToString()).ToList();
            names.ShouldContain("own.html");
            names.ShouldContain("email/password_reset.html");
            names.ShouldNotContain("email/base.html");
            (await root.PostApiAsync("stages/email/", """{"name": "own", "template": "own.html"}""")).Status.ShouldBe(HttpStatusCode.Created);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    async Task MakeAsync(string? brand, string locale, string subject, string html, string text = "")
    {
        var body = new JsonObject { ["name"] = "email/password_changed.html", ["brand"] = brand, ["locale"] = locale, ["subject"] = subject, ["html"] = html, ["text"] = text };
        var made = await mfa.Admin.PostApiAsync("mail/templates/", body.ToJsonString());
        made.Status.ShouldBe(HttpStatusCode.Created, made.Text);
    }

    async Task<(string Subject, string Text)> SentAsync(string username, string locale)
    {
        var user = await mfa.AddPersonAsync(username);
        await mfa.Admin.CallAsync("PATCH", $"core/users/{user.Pk}/", $$"""{"attributes":{"settings":{"locale":"{{locale}}"} } }""");
        await mfa.Admin.CallAsync("POST", $"core/users/{user.Pk}/set_password/", """{"password":"a completely new secret 17"}""");
        await mfa.WorkAsync();
        var mail = mfa.Mail.LastTo(user.Email);
        return (mail.Subject, mail.Text.Trim());
    }
}
