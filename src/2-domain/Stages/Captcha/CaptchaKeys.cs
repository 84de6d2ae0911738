using System.Text.Json.Nodes;
using Postern.Flows.Running;

namespace Postern.Stages.Captcha;

/// <summary>The keys of a captcha: the stage's, or those a policy left in the plan.</summary>
static class CaptchaKeys
{
    public static string Site(CaptchaStage stage, StageRun run) => run.Context.Text("goauthentik.io/stages/captcha/site_key") ?? stage.PublicKey;

    public static string Private(CaptchaStage stage, StageRun run) => run.Context.Text("goauthentik.io/stages/captcha/private_key") ?? stage.PrivateKey;

    /// <summary>What a page needs to show it.</summary>
    public static JsonObject Members(CaptchaStage stage, StageRun run) => new() { ["js_url"] = stage.JsUrl, ["site_key"] = Site(stage, run), ["interactive"] = stage.Interactive };

    /// <summary>The token of an answer: its own member, or one of the names that the services' scripts give their field in a form.</summary>
    public static string Token(JsonObject answer, string member)
    {
        foreach (var name in new[] { member, "g-recaptcha-response", "h-captcha-response", "cf-turnstile-response" })
        {
            if (answer[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0)
                return text;
        }
        return "";
    }
}
