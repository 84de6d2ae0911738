using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Postern.Expressions;

namespace Postern.Policies.Expressions.Imports;

/// <summary>The few things of the reference's web framework that expressions import.</summary>
static class FrameworkImports
{
    public static readonly ScriptType ValidationError = ScriptType.NewException("ValidationError");

    public static void Register(IServiceCollection services)
    {
        foreach (var name in (string[])["gettext", "gettext_lazy"])
            services.AddExpressionImport("django.utils.translation", name, new HostFunction(name, call => call.RequireText(0, "message")));
        services.AddExpressionImport("django.utils.html", "escape", new HostFunction("escape", call => WebUtility.HtmlEncode(ScriptValue.ToText(call.Require(0, "text")))));
        services.AddExpressionImport("django.utils.timezone", "now", new HostFunction("now", static call => call.Time.GetUtcNow()));
        services.AddExpressionImport("django.utils.text", "slugify", new HostFunction("slugify", call => Functions.Slug.Of(ScriptValue.ToText(call.Require(0, "value")))));
        services.AddExpressionImport("django.core.exceptions", "ValidationError", ValidationError);
        services.AddExpressionImport("django.core.validators", "URLValidator", Validator("URLValidator", IsUrl, "Enter a valid URL."));
        services.AddExpressionImport("django.core.validators", "EmailValidator", Validator("EmailValidator", Kernel.Values.EmailAddress.IsValid, "Enter a valid email address."));
        services.AddExpressionImport(
            "django.core.validators", "validate_email", Check("validate_email", Kernel.Values.EmailAddress.IsValid, "Enter a valid email address."));
    }

    static HostFunction Validator(string name, Func<string, bool> isValid, string refusal) => new(name, _ => Check(name, isValid, refusal));

    static HostFunction Check(string name, Func<string, bool> isValid, string refusal) => new(
        name,
        call => isValid(ScriptValue.ToText(call.Require(0, "value"))) ? null : throw new ScriptException(ValidationError, refusal));

    static bool IsUrl(string text) =>
        text.Length <= 2048 && Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" or "ftp" or "ftps"
        && (url.Host.Contains('.', StringComparison.Ordinal) || string.Equals(url.Host, "localhost", StringComparison.Ordinal) || url.HostNameType is UriHostNameType.IPv6);
}
