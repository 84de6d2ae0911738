using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Postern.Mail.Outbox;
using Postern.Policies.Engine;
using Postern.Policies.Expressions;
using Postern.Stages.Email;
using Postern.Storage;
using Postern.Storage.Sealing;

namespace Postern.Tests.Integration.Policies;

/// <summary><c>ak_send_email</c>: what it puts into the outbox, and what it refuses.</summary>
public sealed class MailTests(PolicyServer fixture) : IClassFixture<PolicyServer>
{
    [Fact]
    public async Task A_template_is_filled_from_context_and_variables()
    {
        var mail = await SentAsync(
            "from datetime import datetime, timezone\nhost = 'id.example.org'\nuntil = datetime(2030, 5, 4, tzinfo=timezone.utc)\n" +
            "return ak_send_email(['a@example.org'], 'Hello A', template='email/invitation.html', context={'url': 'https://x/?a=1&b=2', 'expires': until}, cc='c@example.org', bcc=('d@example.org',))");
        Texts(mail, "To").ShouldBe(["a@example.org"]);
        Texts(mail, "Cc").ShouldBe(["c@example.org"]);
        Texts(mail, "Bcc").ShouldBe(["d@example.org"]);
        var html = mail["Html"]!.GetValue<string>();
        html.ShouldContain("https://x/?a=1&amp;b=2");
        html.ShouldContain("id.example.org");
        html.ShouldContain("2030");
        mail["Text"]!.GetValue<string>().ShouldContain("https://x/?a=1&b=2");
        mail["Server"].ShouldBeNull();
    }

    [Theory]
    [InlineData("ak_send_email('a@example.org', 'Plain', body='1 < 2\\nbye')", "<p>1 &lt; 2<br>\nbye</p>", "1 < 2\nbye")]
    [InlineData("ak_send_email('a@example.org', 'Rich', body='<p>Hello <b>you</b></p>')", "<p>Hello <b>you</b></p>", "Hello you")]
    public async Task A_body_is_plain_or_html(string call, string html, string text)
    {
        var mail = await SentAsync($"return {call}");
        mail["Html"]!.GetValue<string>().ShouldBe(html);
        mail["Text"]!.GetValue<string>().ShouldBe(text);
    }

    [Fact]
    public async Task A_stage_lends_its_server()
    {
        await fixture.MakeAsync<EmailStage>(EmailStage.Kind, """{"name": "relay", "host": "relay.example.org", "port": 2525, "from_address": "hr@example.org"}""");
        var mail = await SentAsync("return ak_send_email('a@example.org', 'By stage', body='x', stage='relay')");
        mail["Server"]!["Host"]!.GetValue<string>().ShouldBe("relay.example.org");
        mail["Server"]!["From"]!.GetValue<string>().ShouldBe("hr@example.org");
        var byObject = await SentAsync("from authentik.stages.email.models import EmailStage\nreturn ak_send_email('a@example.org', 'By object', body='x', stage=EmailStage.objects.get(name='relay'))");
        byObject["Server"]!["Port"]!.GetValue<int>().ShouldBe(2525);
    }

    [Theory]
    [InlineData("ak_send_email('nobody', 'No', body='x')", "nobody is not an e-mail address")]
    [InlineData("ak_send_email('a@example.org\\r\\nBcc: b@example.org', 'No', body='x')", "is not an e-mail address")]
    [InlineData("ak_send_email('a@example.org', 'No', template='email/nothing.html')", "There is no template email/nothing.html")]
    [InlineData("ak_send_email('a@example.org', 'No', template='../../secret')", "There is no template ../../secret")]
    [InlineData("ak_send_email('a@example.org', 'No', body='x', stage='nothing')", "there is no e-mail stage nothing")]
    public async Task What_cannot_be_sent_is_false_and_logged(string call, string reason)
    {
        var result = await fixture.RunAsync($"return {call}");
        result.Error.ShouldBeNull();
        result.Value.ShouldBe(false);
        result.Log.ShouldContain(l => l.Level == "warning" && l.Event.Contains(reason, StringComparison.Ordinal));
        (await fixture.Server.Database.ScalarAsync<long>("SELECT count(*) FROM mail WHERE subject = 'No'")).ShouldBe(0);
    }

    [Fact]
    public async Task A_trial_sends_nothing()
    {
        var result = await fixture.RunAsync("return ak_send_email('a@example.org', 'Trial', body='x')", new PolicyRequest { User = fixture.Ada, Debug = true });
        result.Value.ShouldBe(true);
        (await fixture.Server.Database.ScalarAsync<long>("SELECT count(*) FROM mail WHERE subject = 'Trial'")).ShouldBe(0);
    }

    /// <summary>The message in the outbox, with a job that delivers it.</summary>
    async Task<JsonNode> SentAsync(string source)
    {
        await fixture.Server.Database.ExecuteAsync("DELETE FROM mail");
        var result = await fixture.RunAsync(source, use: ExpressionUse.Policy);
        result.Error.ShouldBeNull();
        result.Value.ShouldBe(true, string.Join('\n', result.Log.Select(l => l.Event)));
        (await fixture.Server.Database.ScalarAsync<long>("SELECT count(*) FROM mail")).ShouldBe(1);
        return await fixture.Server.InScopeAsync(async services =>
        {
            var mail = await services.GetRequiredService<PosternDb>().Set<Postern.Mail.Outbox.Mail>().SingleAsync();
            return JsonSerializer.SerializeToNode(SendMail.Open(mail, services.GetRequiredService<Seal>()))!;
        });
    }

    static IEnumerable<string> Texts(JsonNode mail, string name) => mail[name]!.AsArray().Select(v => v!.GetValue<string>());
}
