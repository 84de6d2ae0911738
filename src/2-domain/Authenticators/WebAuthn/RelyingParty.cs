using Microsoft.AspNetCore.Http;

namespace Postern.Authenticators.WebAuthn;

/// <summary>This site as credentials know it: they are bound to its host.</summary>
sealed record RelyingParty(string Id, string Origin)
{
    public static RelyingParty Of(HttpContext http) => new(http.Request.Host.Host, $"{http.Request.Scheme}://{http.Request.Host}");
}
