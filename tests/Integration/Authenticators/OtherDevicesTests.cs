using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Postern.Authenticators.Devices;
using Postern.Authenticators.Email;
using Postern.Authenticators.Sms;
using Postern.Directory.Users;
using Postern.Storage;
using Postern.Storage.Sealing;
using Postern.Tests.Support;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Authenticators;

/// <summary>Codes on paper, by mail and by SMS.</summary>
public sealed class OtherDevicesTests(MfaServer mfa) : IClassFixture<MfaServer>
{
    const string WrongCode = "Invalid Token. Please ensure the time on your device is accurate and try again.";

    readonly TestServer server = mfa.Server;

    [Trait("Fault", "F7")]
    [Fact]
    public async Task A_code_on_paper_is_good_once_even_for_a_hundred_at_once()
    {
        await mfa.AddPersonAsync("paper");
        using var owner = new Visitor(server);
        await owner.SignInAsync("paper");
        var shown = await owner.ShowAsync("default-authenticator-static-setup");
        var codes = shown["codes"]!.AsArray().Select(c => c!.ToString()).ToList();
        codes.Count.ShouldBe(6);
        codes.ShouldAllBe(c => c.Length == 12);
        (await owner.AnswerAsync("default-authenticator-static-setup", [])).Component().ShouldBe("xak-flow-redirect");

        var browsers = Enumerable.Range(0, 100).Select(_ => new Visitor(server)).ToList();
        await Parallel.ForEachAsync(browsers, TestContext.Current.CancellationToken, async (b, _) => await b.SignInAsync("paper"));
        // As people type it.
        var typed = string.Join('-', codes[0].Chunk(4).Select(c => new string(c))).ToUpperInvariant();
        var ends = await Task.WhenAll(browsers.Select(b => b.AnswerAsync(MfaServer.SignIn, new JsonObject { ["code"] = typed })));

        ends.Count(e => e.Component() is "xak-flow-redirect").ShouldBe(1);
        Figures.Tell("F7", "100 people with one recovery code at once, 1 is signed in");
        (await mfa.Admin.CallAsync("GET", "authenticators/admin/static/?name=Static%20Token")).Json["results"]![0]!["token_set"]!.AsArray().Count.ShouldBe(5);
        browsers.ForEach(b => b.Dispose());
    }

    [Theory]
    [InlineData("email")]
    [InlineData("sms")]
    public async Task A_code_that_was_sent_is_good_once_even_for_a_hundred_at_once(string type)
    {
        var username = $"sent-by-{type}";
        var user = await mfa.AddPersonAsync(username);
        SideChannelDevice device = type is "sms" ? SmsDevice.New("+49301111111") : EmailDevice.New("sent@example.org");
        var code = await AddSentAsync(user, device);
        var browsers = Enumerable.Range(0, 100).Select(_ => new Visitor(server)).ToList();
        await Parallel.ForEachAsync(browsers, TestContext.Current.CancellationToken, async (b, _) => await b.SignInAsync(username));

        var ends = await Task.WhenAll(browsers.Select(b => b.AnswerAsync(MfaServer.SignIn, new JsonObject { ["code"] = code })));

        ends.Count(e => e.Component() is "xak-flow-redirect").ShouldBe(1);
        ends.Where(e => e.Component() is not "xak-flow-redirect").ShouldAllBe(e => e.Error("code") == WrongCode);
        browsers.ForEach(b => b.Dispose());
    }

    [Fact]
    public async Task A_code_comes_by_mail_and_ends_with_its_time()
    {
        var flow = await mfa.AddSetupAsync("email", """{"use_global_settings":true,"token_expiry":"minutes=5","subject":"Your code"}""");
        await mfa.AddPersonAsync("mailed");
        using var owner = new Visitor(server);
        await owner.SignInAsync("mailed");
        var asked = await owner.ShowAsync(flow);
        (asked["email"]!.ToString(), asked["email_required"]!.GetValue<bool>()).ShouldBe(("m*****@e******.org", false));
        await mfa.WorkAsync();
        var code = CodeIn(mfa.Mail.LastTo("mailed@example.org", "Your code").Text);
        (await owner.AnswerAsync(flow, new JsonObject { ["code"] = "000000" == code ? "000001" : "000000" })).Error("code").ShouldBe("Code does not match");
        (await owner.AnswerAsync(flow, new JsonObject { ["code"] = code })).Component().ShouldBe("xak-flow-redirect");
        (await owner.ShowAsync(flow))["error_message"]!.ToString().ShouldBe("The user already has an email address registered for MFA.");

        using var again = new Visitor(server);
        var challenge = (await again.SignInAsync("mailed"))["device_challenges"]![0]!;
        challenge["challenge"]!["email"]!.ToString().ShouldBe("m*****@e******.org");
        var choose = new JsonObject { ["selected_challenge"] = new JsonObject { ["device_class"] = "email", ["device_uid"] = challenge["device_uid"]!.ToString() } };
        (await again.AnswerAsync(MfaServer.SignIn, choose)).Error("non_field_errors").ShouldBe("Empty response");
        await mfa.WorkAsync();
        var second = CodeIn(mfa.Mail.LastTo("mailed@example.org", "Your code").Text);
        server.Clock.Advance(TimeSpan.FromMinutes(5));
        (await again.AnswerAsync(MfaServer.SignIn, new JsonObject { ["code"] = second })).Error("code").ShouldBe(WrongCode);

        await again.AnswerAsync(MfaServer.SignIn, choose.DeepClone().AsObject());
        await mfa.WorkAsync();
        var third = CodeIn(mfa.Mail.LastTo("mailed@example.org", "Your code").Text);
        server.Clock.Advance(TimeSpan.FromSeconds(2));
        (await again.AnswerAsync(MfaServer.SignIn, new JsonObject { ["code"] = third })).Component().ShouldBe("xak-flow-redirect");
        (await server.Database.ScalarAsync<bool>("SELECT code_hash IS NULL FROM email_device d JOIN \"user\" u ON u.pk = d.user_pk WHERE u.username = 'mailed'")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_code_comes_by_sms_through_a_webhook()
    {
        await using var provider = await HttpStub.StartAsync(_ => "{}");
        var flow = await mfa.AddSetupAsync("sms", $$"""{"provider":"generic","from_number":"+100","account_sid":"{{provider.Address}}hook","auth":"the-token","auth_type":"bearer"}""");
        await mfa.AddPersonAsync("texted");
        using var owner = new Visitor(server);
        await owner.SignInAsync("texted");
        (await owner.ShowAsync(flow))["phone_number_required"]!.GetValue<bool>().ShouldBeTrue();
        (await owner.AnswerAsync(flow, [])).Error("phone_number").ShouldBe("phone_number required");
        (await owner.AnswerAsync(flow, new JsonObject { ["phone_number"] = "call me" })).Error("phone_number").ShouldBe("Invalid phone number");
        (await owner.AnswerAsync(flow, new JsonObject { ["phone_number"] = "+49 (30) 1234-567" }))["phone_number_required"]!.GetValue<bool>().ShouldBeFalse();
        await mfa.WorkAsync();

        var sent = provider.Requests.ShouldHaveSingleItem();
        (sent.Path, sent.Authorization).ShouldBe(("/hook", "Bearer the-token"));
        var body = JsonNode.Parse(sent.Body)!;
        (body["From"]!.ToString(), body["To"]!.ToString()).ShouldBe(("+100", "+49301234567"));
        (await server.Database.ScalarAsync<long>("SELECT count(*) FROM job WHERE payload::text LIKE '%authenticate in%'")).ShouldBe(0);
        (await owner.AnswerAsync(flow, new JsonObject { ["code"] = CodeIn(body["Body"]!.ToString()) })).Component().ShouldBe("xak-flow-redirect");

        await mfa.AddPersonAsync("second-owner");
        using var other = new Visitor(server);
        await other.SignInAsync("second-owner");
        await other.ShowAsync(flow);
        (await other.AnswerAsync(flow, new JsonObject { ["phone_number"] = "+49301234567" })).Error("phone_number").ShouldBe("Invalid phone number");
    }

    [Fact]
    public async Task Devices_are_their_owners_and_their_administrators()
    {
        User user = await mfa.AddPersonAsync("owner"), other = await mfa.AddPersonAsync("neighbour");
        var device = await mfa.AddTotpAsync(user);
        using var own = server.Program(await server.AddTokenAsync(user));
        using var foreign = server.Program(await server.AddTokenAsync(other));

        (await own.CallAsync("GET", "authenticators/all/")).Json.AsArray().ShouldHaveSingleItem()!["meta_model_name"]!.ToString().ShouldBe("authentik_stages_authenticator_totp.totpdevice");
        (await own.CallAsync("PATCH", $"authenticators/totp/{device.Pk}/", """{"name":"phone"}""")).Json["name"]!.ToString().ShouldBe("phone");
        (await foreign.CallAsync("GET", $"authenticators/totp/{device.Pk}/")).Status.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await foreign.CallAsync("DELETE", $"authenticators/totp/{device.Pk}/")).Status.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await foreign.CallAsync("GET", $"authenticators/admin/totp/{device.Pk}/")).Status.ShouldNotBe(System.Net.HttpStatusCode.OK);
        (await foreign.CallAsync("GET", $"authenticators/admin/all/?user={user.Pk}")).Status.ShouldBe(System.Net.HttpStatusCode.Forbidden);
        // At the path for owners an administrator is an owner like any other.
        (await mfa.Admin.CallAsync("GET", $"authenticators/totp/{device.Pk}/")).Status.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await mfa.Admin.CallAsync("GET", $"authenticators/admin/totp/{device.Pk}/")).Text.ShouldNotContain(device.Seed);
        (await mfa.Admin.CallAsync("DELETE", $"authenticators/admin/totp/{device.Pk}/")).Status.ShouldBe(System.Net.HttpStatusCode.NoContent);
        (await server.Database.ScalarAsync<long>($"SELECT count(*) FROM event WHERE context->>'message' = 'MFA device removed' AND context->>'affected_user' = '{user.Pk}'")).ShouldBe(1);
    }

    /// <summary>Keeps a device to which a code was just sent; answers the code.</summary>
    Task<string> AddSentAsync(User user, SideChannelDevice device) => server.InScopeAsync(async services =>
    {
        var now = server.Clock.GetUtcNow();
        (device.UserPk, device.Created, device.LastUpdated) = (user.Pk, now, now);
        var code = SentCode.Issue(device, services.GetRequiredService<Seal>(), SentCode.Lifetime, now);
        var db = services.GetRequiredService<PosternDb>();
        db.Add(device);
        await db.SaveChangesAsync();
        return code;
    });

    static string CodeIn(string text) => Regex.Match(text, @"(?<!\d)\d{6}(?!\d)", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
}
