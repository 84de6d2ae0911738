using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Authenticators;

/// <summary>Captcha services as they talk: what they are asked, and what is made of their answers.</summary>
public sealed class CaptchaShapesTests(MfaServer mfa) : IClassFixture<MfaServer>
{
    const string When = "\"challenge_ts\":\"2026-11-30T12:00:00Z\",\"hostname\":\"id.example.org\"";

    /// <summary>Service, name of its field in a form, content type, answer to a person, answer to a program, what the person then reads.</summary>
    public static TheoryData<string, string, string, string, string, string> Services => new()
    {
        { "reCAPTCHA v2", "g-recaptcha-response", "application/x-www-form-urlencoded", $$"""{"success":true,{{When}}}""", """{"success":false,"error-codes":["timeout-or-duplicate"]}""", "Invalid captcha response. Retrying may solve this issue." },
        { "reCAPTCHA v3", "g-recaptcha-response", "application/x-www-form-urlencoded", $$"""{"success":true,"score":0.9,"action":"login",{{When}}}""", $$"""{"success":true,"score":0.1,"action":"login",{{When}}}""", "Invalid captcha response" },
        { "hCaptcha", "h-captcha-response", "application/x-www-form-urlencoded", $$"""{"success":true,"credit":false,{{When}}}""", """{"success":false,"error-codes":["already-seen-response"]}""", "Invalid captcha response. Retrying may solve this issue." },
        { "Turnstile", "cf-turnstile-response", "application/json", $$"""{"success":true,"error-codes":[],"action":"login","cdata":"x",{{When}}}""", """{"success":false,"error-codes":["invalid-input-secret"],"messages":[]}""", "Invalid captcha response" },
        { "one that is down", "g-recaptcha-response", "application/x-www-form-urlencoded", $$"""{"success":true,{{When}}}""", "Service Unavailable", "Failed to validate token" },
        { "one that says something else", "g-recaptcha-response", "application/x-www-form-urlencoded", $$"""{"success":true,{{When}}}""", "[true]", "Failed to validate token" },
        { "one that says yes as a text", "g-recaptcha-response", "application/x-www-form-urlencoded", $$"""{"success":true,{{When}}}""", """{"success":"true"}""", "Invalid captcha response" },
    };

    [Theory]
    [MemberData(nameof(Services))]
    public async Task A_service_is_asked_in_its_own_way(string service, string field, string contentType, string yes, string no, string refusal)
    {
        await using var stub = await HttpStub.StartAsync(r => r.Body.Contains("a-person", StringComparison.Ordinal) ? yes : no);
        var slug = $"captcha-{Guid.NewGuid():N}"[..20];
        var flow = await mfa.Admin.CallAsync("POST", "flows/instances/", $$"""{"name":"{{slug}}","slug":"{{slug}}","title":"x","designation":"authorization"}""");
        var stage = await mfa.Admin.CallAsync(
            "POST", "stages/captcha/",
            $$"""{"name":"{{slug}}","public_key":"site","private_key":"the secret","js_url":"{{stub.Address}}api.js","api_url":"{{stub.Address}}siteverify","request_content_type":"{{contentType}}"}""");
        await mfa.Admin.CallAsync("POST", "flows/bindings/", $$"""{"target":"{{flow.Json["pk"]}}","stage":"{{stage.Json["pk"]}}","order":0}""");
        using var browser = new Visitor(mfa.Server);
        browser.Http.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.77");
        await browser.ShowAsync(slug);

        (await browser.AnswerAsync(slug, new JsonObject { [field] = "a-program" })).Error("token").ShouldBe(refusal, service);
        (await browser.AnswerAsync(slug, new JsonObject { [field] = "a-person" })).Component().ShouldBe("xak-flow-redirect", service);

        var asked = stub.Requests[^1];
        (asked.Path, asked.ContentType.Split(';')[0]).ShouldBe(("/siteverify", contentType));
        var fields = contentType is "application/json"
            ? JsonNode.Parse(asked.Body)!.AsObject().ToDictionary(p => p.Key, p => p.Value!.ToString(), StringComparer.Ordinal)
            : QueryHelpers.ParseQuery(asked.Body).ToDictionary(p => p.Key, p => p.Value.ToString(), StringComparer.Ordinal);
        fields.ShouldBe(new Dictionary<string, string>(StringComparer.Ordinal) { ["secret"] = "the secret", ["response"] = "a-person", ["remoteip"] = "203.0.113.77" }, ignoreOrder: true);
    }
}
