using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Notifications;

/// <summary>How messages leave the product.</summary>
public sealed class TransportTests(NotificationServer fixture) : IClassFixture<NotificationServer>
{
    TestServer Server => fixture.Server;

    string Url(string path) => new Uri(fixture.Hook.Address, path).ToString();

    StubRequest LastAt(string path) => fixture.Hook.Requests.Last(r => r.Path == path);

    Task<string> MakeAsync(string name, string mode, string extra = "") => fixture.MakeAsync("events/transports/", $$"""{"name": "{{name}}", "mode": "{{mode}}"{{extra}}}""");

    [Fact]
    public async Task A_webhook_is_sent_the_message_for_each_person()
    {
        var (ada, bob) = (await Server.AddUserAsync("hook-ada"), await Server.AddUserAsync("hook-bob"));
        var transport = await MakeAsync("each", "webhook", $", \"webhook_url\": \"{Url("/each")}\"");
        await fixture.MakeRuleAsync("custom_each", [transport], [ada, bob]);
        await fixture.HappenAsync("custom_each", ada, new JsonObject { ["message"] = "to all" });
        var sent = fixture.Hook.Requests.Where(r => r.Path == "/each").Select(r => JsonNode.Parse(r.Body)!).ToList();
        sent.Select(s => s["user_username"]!.ToString()).Order().ShouldBe(["hook-ada", "hook-bob"]);
        sent[0]["body"]!.ToString().ShouldBe("custom_each: to all");
        sent[0]["severity"]!.ToString().ShouldBe("warning");
        sent[0]["user_email"]!.ToString().ShouldBe($"{sent[0]["user_username"]}@example.org");
        sent[0]["event_user_username"]!.ToString().ShouldBe("hook-ada");
        sent[0]["event_user_email"]!.ToString().ShouldBe("hook-ada@example.org");
    }

    [Fact]
    public async Task A_webhook_behind_a_certificate_of_ones_own_is_checked_by_it()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        await using var hook = await HttpStub.StartAsync(_ => "heard", certificate);
        var authority = await fixture.MakeAsync("crypto/certificatekeypairs/", new JsonObject { ["name"] = "hook authority", ["certificate_data"] = certificate.ExportCertificatePem() }.ToJsonString());
        var checkedBy = await MakeAsync("own-authority", "webhook", $", \"webhook_url\": \"{hook.Address}\", \"webhook_ca\": \"{authority}\"");
        (await fixture.Root.PostApiAsync($"events/transports/{checkedBy}/test/", "{}")).ToString().ShouldStartWith("200 ");
        hook.Requests.Count.ShouldBe(1);
        var unknown = await MakeAsync("unknown-authority", "webhook", $", \"webhook_url\": \"{hook.Address}\"");
        (await fixture.Root.PostApiAsync($"events/transports/{unknown}/test/", "{}")).Status.ShouldBe(HttpStatusCode.InternalServerError);
        hook.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Send_once_sends_one()
    {
        var (ada, bob) = (await Server.AddUserAsync("once-ada"), await Server.AddUserAsync("once-bob"));
        var transport = await MakeAsync("once", "webhook", $", \"webhook_url\": \"{Url("/once")}\", \"send_once\": true");
        await fixture.MakeRuleAsync("custom_channel", [transport], [ada, bob]);
        await fixture.HappenAsync("custom_channel");
        fixture.Hook.Requests.Count(r => r.Path == "/once").ShouldBe(1);
    }

    [Fact]
    public async Task Mappings_make_body_and_headers()
    {
        var body = await fixture.MakeAsync("propertymappings/notification/", """{"name": "own body", "expression": "return {\"text\": notification.body, \"by\": notification.event.user[\"username\"], \"to\": request.user.username}"}""");
        var headers = await fixture.MakeAsync("propertymappings/notification/", """{"name": "own headers", "expression": "return {\"Authorization\": \"Bearer \" + notification.severity, \"Content-Type\": \"application/cloudevents+json\"}"}""");
        var transport = await MakeAsync("mapped", "webhook", $$""", "webhook_url": "{{Url("/mapped")}}", "webhook_mapping_body": "{{body}}", "webhook_mapping_headers": "{{headers}}" """);
        var eve = await Server.AddUserAsync("map-eve");
        await fixture.MakeRuleAsync("custom_mapped", [transport], [eve]);
        await fixture.HappenAsync("custom_mapped", eve, new JsonObject { ["message"] = "hi" });
        var sent = LastAt("/mapped");
        sent.Body.ShouldBe("""{"text":"custom_mapped: hi","by":"map-eve","to":"map-eve"}""");
        (sent.Authorization, sent.ContentType).ShouldBe(("Bearer warning", "application/cloudevents+json"));
    }

    [Fact]
    public async Task A_failing_mapping_leaves_an_event_and_is_tried_again()
    {
        var body = await fixture.MakeAsync("propertymappings/notification/", """{"name": "broken body", "expression": "return {}[\"missing\"]"}""");
        var transport = await MakeAsync("broken", "webhook", $$""", "webhook_url": "{{Url("/broken")}}", "webhook_mapping_body": "{{body}}" """);
        await fixture.MakeRuleAsync("custom_broken", [transport], [await Server.AddUserAsync("map-fay")]);
        await fixture.HappenAsync("custom_broken");
        fixture.Hook.Requests.ShouldNotContain(r => r.Path == "/broken");
        Server.Errors.Claim().ShouldHaveSingleItem().ShouldContain("Mapping broken body, line 1");
        (await Server.Database.ScalarAsync<string>("SELECT context->'mapping'->>'name' FROM event WHERE action = 'property_mapping_exception'")).ShouldBe("broken body");
        (await Server.Database.ScalarAsync<int>("SELECT attempts FROM job WHERE kind = 'notifications.deliver' AND run_at > created_at")).ShouldBe(1);
        await Server.Database.ExecuteAsync("DELETE FROM job WHERE kind = 'notifications.deliver'");
    }

    [Fact]
    public async Task Slack_is_sent_an_attachment()
    {
        var transport = await MakeAsync("slack", "webhook_slack", $", \"webhook_url\": \"{Url("/slack")}\"");
        var gus = await Server.AddUserAsync("slack-gus");
        await fixture.MakeRuleAsync("custom_slack", [transport], [gus]);
        var context = new JsonObject { ["message"] = new string('m', 3000) };
        for (var i = 0; i < 40; i++)
            context[$"detail{i}"] = "x";
        await fixture.HappenAsync("custom_slack", gus, context);
        var attachment = JsonNode.Parse(LastAt("/slack").Body)!["attachments"]![0]!;
        attachment["title"]!.ToString().ShouldBe("custom_slack");
        attachment["color"]!.ToString().ShouldBe("#fd4b2d");
        var fields = attachment["fields"]!.AsArray();
        fields.Count.ShouldBe(25);
        fields[0]!.ToJsonString().ShouldBe("""{"title":"Severity","value":"warning","short":true}""");
        fields[1]!["value"]!.ToString().ShouldBe("slack-gus");
        fields.ShouldAllBe(f => f!["value"]!.ToString().Length <= 1024);
    }

    [Fact]
    public async Task Mail_goes_through_the_outbox_and_skips_people_without_an_address()
    {
        var (ida, mute) = (await Server.AddUserAsync("mail-ida"), await Server.AddUserAsync("mail-mute", u => u.Email = ""));
        var transport = await MakeAsync("mail", "email", """, "email_subject_prefix": "Harbour: " """);
        await fixture.MakeRuleAsync("custom_mail", [transport], [ida, mute]);
        await fixture.HappenAsync("custom_mail", ida, new JsonObject { ["message"] = "Ship ahoy", ["hyperlink"] = "https://example.org/ship", ["hyperlink_label"] = "See the ship" });
        var mail = fixture.Mail.LastTo("mail-ida@example.org");
        mail.Subject.ShouldBe("Harbour: custom_mail");
        mail.Text.ShouldContain("Ship ahoy");
        mail.Text.ShouldContain("https://example.org/ship");
        mail.Text.ShouldContain("mail-ida");
        fixture.Mail.Mails.Count(m => m.Subject.StartsWith("Harbour", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task The_test_button_answers_what_the_other_side_said()
    {
        var transport = await MakeAsync("echo", "webhook", $", \"webhook_url\": \"{Url("/echo")}\"");
        var tested = await fixture.Root.CallAsync("POST", $"events/transports/{transport}/test/");
        tested.Status.ShouldBe(HttpStatusCode.OK);
        tested.Json["messages"]![0]!.ToString().ShouldBe("200");
        tested.Json["messages"]![1]!.ToString().ShouldStartWith("heard ");
        LastAt("/echo").Body.ShouldContain("Test Notification from transport echo");
        (await Server.Database.ScalarAsync<long>("SELECT count(*) FROM event WHERE action = 'custom_' AND context->>'message' LIKE 'Test Notification from transport %'")).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task The_test_button_says_why_it_failed()
    {
        var transport = await MakeAsync("deaf", "webhook", ", \"webhook_url\": \"http://127.0.0.1:1/\"");
        var tested = await fixture.Root.CallAsync("POST", $"events/transports/{transport}/test/");
        tested.Status.ShouldBe(HttpStatusCode.InternalServerError);
        tested.Json.GetValue<string>().ShouldContain("refused");
    }

    [Fact]
    public async Task The_test_button_needs_the_right_to_change()
    {
        var transport = await MakeAsync("guarded", "local");
        var viewer = await Server.WithRightsAsync("authentik_events.view_notificationtransport");
        (await viewer.CallAsync("POST", $"events/transports/{transport}/test/")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await Server.Program().CallAsync("POST", $"events/transports/{transport}/test/")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await fixture.Root.CallAsync("POST", $"events/transports/{Guid.NewGuid()}/test/")).Status.ShouldBe(HttpStatusCode.NotFound);
        var changer = await Server.WithRightsAsync("authentik_events.view_notificationtransport", "authentik_events.change_notificationtransport");
        (await changer.CallAsync("POST", $"events/transports/{transport}/test/")).Status.ShouldBe(HttpStatusCode.OK);
        (await changer.GetApiAsync("events/notifications/")).Each("body").ShouldBe(["\"Test Notification from transport guarded\""]);
    }

    [Theory]
    [InlineData("""{"name": "a", "mode": "webhook"}""", "webhook_url", "Webhook URL may not be empty.")]
    [InlineData("""{"name": "b", "mode": "webhook_slack", "webhook_url": ""}""", "webhook_url", "Webhook URL may not be empty.")]
    [InlineData("""{"name": "c", "mode": "webhook", "webhook_url": "file:///etc/passwd"}""", "webhook_url", "Enter a valid URL.")]
    [InlineData("""{"name": "d", "mode": "email", "email_template": "x"}""", "email_template", "Invalid template 'x' specified.")]
    [InlineData("""{"name": "e", "mode": "pigeon"}""", "mode", "\"pigeon\" is not a valid choice.")]
    public async Task Refuses_what_cannot_be_sent(string body, string field, string text)
    {
        var refused = await fixture.Root.PostApiAsync("events/transports/", body);
        refused.Status.ShouldBe(HttpStatusCode.BadRequest);
        refused.Json[field]![0]!.ToString().ShouldBe(text);
    }

    [Fact]
    public async Task A_patch_that_does_not_repeat_the_address_passes()
    {
        var transport = await MakeAsync("patched", "webhook", ", \"webhook_url\": \"https://example.org/\"");
        (await fixture.Root.CallAsync("PATCH", $"events/transports/{transport}/", """{"send_once": true}""")).Member("mode_verbose").ShouldBe("\"Generic Webhook\"");
    }
}

/// <summary>A server as it comes, which reaches no private addresses.</summary>
public sealed class PrivateWebhookTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Theory]
    [InlineData("http://127.0.0.1:9000/")]
    [InlineData("http://localhost:9000/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://[::1]/")]
    public async Task A_webhook_does_not_reach_inside(string url)
    {
        var root = await fixture.Server.SuperuserAsync();
        var made = await root.PostApiAsync("events/transports/", $$"""{"name": "{{url}}", "mode": "webhook", "webhook_url": "{{url}}"}""");
        var tested = await root.CallAsync("POST", $"events/transports/{made.Json["pk"]}/test/");
        tested.Status.ShouldBe(HttpStatusCode.InternalServerError);
        tested.Json.GetValue<string>().ShouldContain("has no address that webhooks may reach");
    }
}
