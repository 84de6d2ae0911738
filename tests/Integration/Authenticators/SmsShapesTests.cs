using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Postern.Authenticators.Sms;
using Postern.Directory.Passwords;
using Postern.Jobs;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Authenticators;

/// <summary>What providers of SMS are sent, in the shape each of them expects.</summary>
public sealed class SmsShapesTests : IAsyncLifetime
{
    HttpStub provider = null!;
    TestServer server = null!;
    HttpClient admin = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        provider = await HttpStub.StartAsync(_ => "{}");
        // Twilio's address is fixed; here it leads to the stub.
        server = await TestServer.StartAsync(adjust: s => s.AddSingleton(new SmsHttp(new HttpClient(new Detour(provider.Address)))));
        admin = await server.SuperuserAsync();
        await server.AddUserAsync("texted", u => u.Password = PasswordHash.Encode(MfaServer.Password, 1000));
    }

    public async ValueTask DisposeAsync()
    {
        admin.Dispose();
        await server.DisposeAsync();
        await provider.DisposeAsync();
    }

    [Fact]
    public async Task Twilio_is_sent_a_form_under_the_account()
    {
        using var browser = await AskAsync("""{"provider":"twilio","from_number":"+100","account_sid":"AC123","auth":"the-token"}""");

        var sent = provider.Requests.ShouldHaveSingleItem();
        (sent.Path, sent.ContentType, sent.Authorization).ShouldBe(("/2010-04-01/Accounts/AC123/Messages.json", "application/x-www-form-urlencoded", Basic("AC123:the-token")));
        var form = QueryHelpers.ParseQuery(sent.Body);
        (form["From"].ToString(), form["To"].ToString()).ShouldBe(("+100", "+49301234567"));
        (await browser.AnswerAsync("setup-sms", new JsonObject { ["code"] = CodeIn(form["Body"].ToString()) })).Component().ShouldBe("xak-flow-redirect");
        (await server.Database.ScalarAsync<string>("SELECT phone_number FROM sms_device")).ShouldBe("+49301234567");
    }

    [Theory]
    [InlineData("""{"provider":"generic","from_number":"+100","account_sid":"http://sms.test/hook","auth":"name","auth_password":"secret","auth_type":"basic"}""", "name:secret")]
    [InlineData("""{"provider":"generic","from_number":"+100","account_sid":"http://sms.test/hook","auth":"the-token","auth_type":"bearer"}""", null)]
    public async Task A_webhook_is_sent_json_with_its_credentials(string stage, string? basic)
    {
        using var browser = await AskAsync(stage);

        var sent = provider.Requests.ShouldHaveSingleItem();
        (sent.Path, sent.ContentType.Split(';')[0], sent.Authorization).ShouldBe(("/hook", "application/json", basic is null ? "Bearer the-token" : Basic(basic)));
        var body = JsonNode.Parse(sent.Body)!.AsObject();
        body.Select(p => p.Key).ShouldBe(["From", "To", "Body", "Message"]);
        body["Message"]!.ToString().ShouldBe(body["Body"]!.ToString());
        (await browser.AnswerAsync("setup-sms", new JsonObject { ["code"] = CodeIn(body["Body"]!.ToString()) })).Component().ShouldBe("xak-flow-redirect");
    }

    [Fact]
    public async Task A_mapping_makes_the_json_of_a_webhook()
    {
        var mapping = await MappingAsync("""
            return {
                "from": stage.from_number,
                "to": device.phone_number,
                "body": f"{request.http_request.brand.branding_title} for {request.user.username}: {token}",
            }
            """);
        using var browser = await AskAsync($$"""{"provider":"generic","from_number":"+100","account_sid":"http://sms.test/hook","auth":"the-token","auth_type":"bearer","mapping":"{{mapping}}"}""");

        var body = JsonNode.Parse(provider.Requests.ShouldHaveSingleItem().Body)!.AsObject();
        body.Select(p => p.Key).ShouldBe(["from", "to", "body"]);
        (body["from"]!.ToString(), body["to"]!.ToString()).ShouldBe(("+100", "+49301234567"));
        body["body"]!.ToString().ShouldStartWith("Postern for texted: ");
        (await server.Database.ScalarAsync<long>("SELECT count(*) FROM job WHERE payload::text LIKE '%texted%'")).ShouldBe(0);
        (await browser.AnswerAsync("setup-sms", new JsonObject { ["code"] = CodeIn(body["body"]!.ToString()) })).Component().ShouldBe("xak-flow-redirect");
    }

    [Fact]
    public async Task A_mapping_makes_the_text_that_Twilio_sends()
    {
        var mapping = await MappingAsync("""return {"message": f"Your code: {token}"}""");
        using var browser = await AskAsync($$"""{"provider":"twilio","from_number":"+100","account_sid":"AC123","auth":"the-token","mapping":"{{mapping}}"}""");

        var form = QueryHelpers.ParseQuery(provider.Requests.ShouldHaveSingleItem().Body);
        form["To"].ToString().ShouldBe("+49301234567");
        form["Body"].ToString().ShouldMatch("^Your code: [0-9]{6}$");
    }

    [Fact]
    public async Task A_mapping_that_fails_sends_nothing_and_is_recorded()
    {
        var mapping = await MappingAsync("return 1 / 0");
        using var browser = await AskAsync($$"""{"provider":"generic","from_number":"+100","account_sid":"http://sms.test/hook","auth":"the-token","mapping":"{{mapping}}"}""");

        provider.Requests.ShouldBeEmpty();
        var asked = await browser.AnswerAsync("setup-sms", new JsonObject { ["phone_number"] = "+49301234567" });
        asked.Error("phone_number").ShouldBe("The code could not be sent. Ask an administrator.");
        (await server.Database.ScalarAsync<string>("SELECT context->>'message' FROM event WHERE action = 'property_mapping_exception' LIMIT 1")).ShouldBe("Failed to evaluate property-mapping: 'sms'");
        // The mapping is mended, and the same browser goes on.
        await admin.CallAsync("PATCH", $"propertymappings/notification/{mapping}/", """{"expression":"return {'code': token}"}""");
        await browser.AnswerAsync("setup-sms", new JsonObject { ["phone_number"] = "+49301234567" });
        await server.Services.GetRequiredService<JobRunner>().RunDueAsync(Cancellation);
        var code = JsonNode.Parse(provider.Requests.ShouldHaveSingleItem().Body)!["code"]!.ToString();
        (await browser.AnswerAsync("setup-sms", new JsonObject { ["code"] = code })).Component().ShouldBe("xak-flow-redirect");
    }

    [Fact]
    public async Task A_number_that_was_only_verified_is_kept_as_a_hash()
    {
        using var browser = await AskAsync("""{"provider":"twilio","from_number":"+100","account_sid":"AC123","auth":"the-token","verify_only":true}""");
        var code = CodeIn(QueryHelpers.ParseQuery(provider.Requests[0].Body)["Body"].ToString());
        (await browser.AnswerAsync("setup-sms", new JsonObject { ["code"] = code })).Component().ShouldBe("xak-flow-redirect");

        (await server.Database.ScalarAsync<string>("SELECT phone_number FROM sms_device"))!.ShouldStartWith("hash:");
        // It proves nothing at the next sign-in.
        using var again = new Visitor(server);
        (await again.SignInAsync("texted")).Component().ShouldBe("xak-flow-redirect");
    }

    async Task<JsonNode> MappingAsync(string expression)
    {
        var made = await admin.CallAsync("POST", "propertymappings/notification/", new JsonObject { ["name"] = "sms", ["expression"] = expression }.ToJsonString());
        made.Status.ShouldBe(System.Net.HttpStatusCode.Created, made.Text);
        return made.Json["pk"]!;
    }

    async Task<Visitor> AskAsync(string config)
    {
        var flow = await admin.CallAsync("POST", "flows/instances/", """{"name":"sms","slug":"setup-sms","title":"x","designation":"stage_configuration","authentication":"require_authenticated"}""");
        var fields = JsonNode.Parse(config)!.AsObject();
        fields["name"] = "setup-sms";
        var stage = await admin.CallAsync("POST", "stages/authenticator/sms/", fields.ToJsonString());
        stage.Status.ShouldBe(System.Net.HttpStatusCode.Created, stage.Text);
        stage.Text.ShouldNotContain("the-token");
        await admin.CallAsync("POST", "flows/bindings/", $$"""{"target":"{{flow.Json["pk"]}}","stage":"{{stage.Json["pk"]}}","order":0}""");
        var browser = new Visitor(server);
        await browser.SignInAsync("texted");
        await browser.ShowAsync("setup-sms");
        await browser.AnswerAsync("setup-sms", new JsonObject { ["phone_number"] = "+49 30 1234567" });
        await server.Services.GetRequiredService<JobRunner>().RunDueAsync(Cancellation);
        return browser;
    }

    static string Basic(string credentials) => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials))}";

    static string CodeIn(string text) => Regex.Match(text, @"(?<!\d)\d{6}(?!\d)", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;

    /// <summary>Sends everything to one server, whatever host it is meant for.</summary>
    sealed class Detour(Uri to) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new Uri(to, request.RequestUri!.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
