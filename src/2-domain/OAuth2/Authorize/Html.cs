using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Postern.OAuth2.Authorize;

/// <summary>The few small pages of the protocol itself; they need no file besides themselves.</summary>
static class Html
{
    const string Submit = "document.forms[0].submit()";
    const string Style = "body{font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 1rem;color-scheme:light dark}h1{font-size:1.4rem}";

    static readonly string SubmitHash = $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Submit)))}'";

    public static IResult Page(string title, string body, int status, string script = "") => new HtmlResult(
        $"""<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{WebUtility.HtmlEncode(title)}</title><style>{Style}</style></head><body><main>{body}</main>{script}</body></html>""",
        status);

    /// <summary>A form that sends itself to an address (OAuth 2.0 Form Post Response Mode), by hand where scripts do not run.</summary>
    public static IResult Form(string title, string action, IEnumerable<KeyValuePair<string, string>> values)
    {
        var inputs = string.Concat(values.Select(v => $"""<input type="hidden" name="{WebUtility.HtmlEncode(v.Key)}" value="{WebUtility.HtmlEncode(v.Value)}">"""));
        return Page(title, $"""<form method="post" action="{WebUtility.HtmlEncode(action)}">{inputs}<button>Continue</button></form>""", StatusCodes.Status200OK, $"<script>{Submit}</script>");
    }

    sealed class HtmlResult(string text, int status) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            (response.StatusCode, response.ContentType) = (status, "text/html; charset=utf-8");
            response.Headers.CacheControl = "no-store";
            response.Headers.ContentSecurityPolicy = $"default-src 'none'; style-src 'unsafe-inline'; script-src {SubmitHash}; base-uri 'none'; frame-ancestors 'none'";
            return response.WriteAsync(text, httpContext.RequestAborted);
        }
    }
}
