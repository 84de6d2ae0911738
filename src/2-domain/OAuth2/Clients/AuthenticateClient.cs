using System.Text;
using Microsoft.AspNetCore.Http;
using Postern.OAuth2.Http;
using Postern.Storage.Snapshots;

namespace Postern.OAuth2.Clients;

/// <summary>
/// Tells which client calls, and that it is the one (RFC 6749 section 2.3): by secret in the header or in the form, or by a signed assertion
/// (RFC 7523). One way at a time. Public clients only name themselves.
/// </summary>
sealed class AuthenticateClient(Snapshot<ClientPicture> clients, CheckAssertion assertions)
{
    public async ValueTask<(Client? Client, OAuthError? Error)> ExecuteAsync(HttpContext http, OAuthForm form, CancellationToken cancellation)
    {
        var picture = await clients.GetAsync(cancellation);
        var header = http.Request.Headers.Authorization.ToString();
        if (header.Length > 0)
        {
            if (ReadBasic(header) is not { } basic)
                return (null, OAuthError.InvalidClient);
            if (form["client_secret"] is not null || form["client_assertion"] is not null || (form["client_id"] is { } named && named != basic.Id))
                return (null, OAuthError.InvalidRequest("More than one way of client authentication"));
            return Check(picture.Find(basic.Id), basic.Secret);
        }
        if (form["client_assertion"] is { } assertion && form["client_assertion_type"] is CheckAssertion.Type && form["client_id"] is var claimed)
        {
            if (form["client_secret"] is not null)
                return (null, OAuthError.InvalidRequest("More than one way of client authentication"));
            return await assertions.ExecuteAsync(assertion, claimed, picture, http, cancellation) is { } signed ? (signed, null) : (null, OAuthError.InvalidClient);
        }
        return Check(picture.Find(form["client_id"]), form["client_secret"]);
    }

    /// <summary>The client that a call names, without any proof.</summary>
    public async ValueTask<Client?> NamedAsync(HttpContext http, OAuthForm form, CancellationToken cancellation)
    {
        var basic = ReadBasic(http.Request.Headers.Authorization.ToString());
        return (await clients.GetAsync(cancellation)).Find(basic?.Id ?? form["client_id"]) is { Application: not null } client ? client : null;
    }

    static (Client?, OAuthError?) Check(Client? client, string? secret) =>
        client is { Application: not null } && (client.IsPublic ? secret is null or "" || client.IsSecret(secret) : secret is not null && client.IsSecret(secret))
            ? (client, null)
            : (null, OAuthError.InvalidClient);

    /// <summary>Both parts are percent-encoded (RFC 6749 section 2.3.1).</summary>
    internal static (string Id, string Secret)? ReadBasic(string header)
    {
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) || header.Length > 4096)
            return null;
        var bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header[6..].Trim(), bytes, out var count))
            return null;
        var text = Encoding.UTF8.GetString(bytes, 0, count);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : (Uri.UnescapeDataString(text[..colon]), Uri.UnescapeDataString(text[(colon + 1)..]));
    }
}
