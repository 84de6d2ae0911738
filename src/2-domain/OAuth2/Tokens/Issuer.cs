using Microsoft.AspNetCore.Http;
using Postern.Brands;
using Postern.OAuth2.Clients;

namespace Postern.OAuth2.Tokens;

/// <summary>The addresses of this installation's endpoints.</summary>
sealed class Issuer(Links links)
{
    /// <summary>Base of all addresses, without a slash at the end.</summary>
    public async ValueTask<string> BaseAsync(HttpContext http, CancellationToken cancellation) =>
        await links.BaseAsync(http.Request, cancellation) ?? $"{http.Request.Scheme}://localhost";

    /// <summary>The issuer of a client: the address of its application, of the one it was registered at, or of the whole installation.</summary>
    public async ValueTask<string> OfAsync(Client client, HttpContext http, CancellationToken cancellation) => Of(client, await BaseAsync(http, cancellation));

    public static string Of(Client client, string root) =>
        client.Provider.IssuerMode is IssuerMode.Global || client.Issuing is null ? $"{root}/" : $"{root}/application/o/{client.Issuing.Slug}/";
}
