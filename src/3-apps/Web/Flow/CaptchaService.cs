namespace Postern.Web.Flow;

/// <summary>What a page must know of a captcha service: the class its script looks for, and from where it loads the rest of itself.</summary>
sealed record CaptchaService(string Class, IReadOnlyList<string> Hosts)
{
    static readonly CaptchaService ReCaptcha = new("g-recaptcha", ["https://www.gstatic.com", "https://www.google.com", "https://www.recaptcha.net"]);
    static readonly CaptchaService HCaptcha = new("h-captcha", ["https://hcaptcha.com", "https://*.hcaptcha.com"]);
    static readonly CaptchaService Turnstile = new("cf-turnstile", ["https://challenges.cloudflare.com"]);

    public static CaptchaService Of(string scriptUrl) =>
        scriptUrl.Contains("hcaptcha", StringComparison.OrdinalIgnoreCase) ? HCaptcha
        : scriptUrl.Contains("turnstile", StringComparison.OrdinalIgnoreCase) ? Turnstile
        : ReCaptcha;

    /// <summary>The flow pages' policy, opened for this service alone.</summary>
    public static string Policy(string ground, string scriptUrl)
    {
        if (!Uri.TryCreate(scriptUrl, UriKind.Absolute, out var address))
            return ground;
        var sources = string.Join(' ', Of(scriptUrl).Hosts.Prepend(address.GetLeftPart(UriPartial.Authority)));
        return ground.Replace("script-src 'self'", $"script-src 'self' {sources}", StringComparison.Ordinal)
            .Replace("connect-src 'self'", $"connect-src 'self' {sources}", StringComparison.Ordinal)
            .Replace("style-src 'self'", $"style-src 'self' {sources}", StringComparison.Ordinal);
    }
}
