using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Postern.OAuth2.Http;

/// <summary>Parameters of a call by a program (RFC 6749 section 3.2): a form, each parameter at most once, those without a value as if left out.</summary>
sealed class OAuthForm
{
    const long MaxBytes = 128 * 1024;

    readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    public string? this[string name] => values.GetValueOrDefault(name);

    public IReadOnlyDictionary<string, string> All => values;

    /// <summary>The form; null for anything else, for repeated parameters and for forms nobody needs the length of.</summary>
    public static async Task<OAuthForm?> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (!request.HasFormContentType || request.ContentLength > MaxBytes)
            return null;
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MaxBytes;
        try
        {
            var form = new OAuthForm();
            foreach (var (name, value) in await request.ReadFormAsync(cancellation))
            {
                if (value.Count > 1 || value.ToString().Contains('\0', StringComparison.Ordinal))
                    return null;
                if (value is [{ Length: > 0 } text])
                    form.values[name] = text;
            }
            return form;
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException)
        {
            return null;
        }
    }
}
