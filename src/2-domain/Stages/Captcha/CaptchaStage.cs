using System.Text.Json.Serialization;
using Postern.Flows;
using Postern.Storage.Kinds;

namespace Postern.Stages.Captcha;

/// <summary>Asks a captcha service whether a person sits in front of the page; any service of reCAPTCHA's shape (Turnstile, hCaptcha, ...).</summary>
public sealed class CaptchaStage : Stage
{
    public string PublicKey { get; set; } = "";

    public string PrivateKey { get; set; } = "";

    public bool Interactive { get; set; }

    public double ScoreMinThreshold { get; set; } = 0.5;

    public double ScoreMaxThreshold { get; set; } = 1;

    /// <summary>Off, a failed test is only remembered for policies.</summary>
    public bool ErrorOnInvalidScore { get; set; } = true;

    public string JsUrl { get; set; } = "https://www.recaptcha.net/recaptcha/api.js";

    public string ApiUrl { get; set; } = "https://www.recaptcha.net/recaptcha/api/siteverify";

    public CaptchaContentType RequestContentType { get; set; }

    public static readonly ModelKind<CaptchaStage> Kind = StageKind.Declare<CaptchaStage>(
        "authentik_stages_captcha.captchastage", "captcha", "ak-stage-captcha-form", "Captcha Stage", static k =>
        {
            k.Describe("Asks a captcha service whether a person is there.");
            k.Text("public_key", s => s.PublicKey).Required().Help("Site key of the service.");
            k.Secret("private_key", s => s.PrivateKey).Required().Help("Secret key of the service.");
            k.Boolean("interactive", s => s.Interactive).Help("The service shows something to press; otherwise it works unseen.");
            k.Number("score_min_threshold", s => s.ScoreMinThreshold).Help("Lowest score that passes; -1 for none.");
            k.Number("score_max_threshold", s => s.ScoreMaxThreshold).Help("Highest score that passes; -1 for none.");
            k.Boolean("error_on_invalid_score", s => s.ErrorOnInvalidScore).Help("Off: go on whatever the service says; policies find its answer in the context.");
            k.Text("js_url", s => s.JsUrl).Rule(Refusal);
            k.Text("api_url", s => s.ApiUrl).Rule(Refusal);
            k.Choice("request_content_type", s => s.RequestContentType);
        });

    static string? Refusal(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" ? null : "Enter a valid URL.";
}

/// <summary>How the service wants to be asked.</summary>
public enum CaptchaContentType
{
    [JsonStringEnumMemberName("application/x-www-form-urlencoded")]
    Form,

    [JsonStringEnumMemberName("application/json")]
    Json,
}
