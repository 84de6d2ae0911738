using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Postern.Api.Http;

/// <summary>When to ask again (RFC 9110 section 10.2.3).</summary>
public static class RetryAfterHeader
{
    /// <summary>Sets the header.</summary>
    /// <returns>The whole seconds it says.</returns>
    public static string RetryAfter(this HttpResponse response, TimeSpan wait)
    {
        var seconds = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        response.Headers.RetryAfter = seconds;
        return seconds;
    }
}
