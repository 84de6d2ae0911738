using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Postern.Api.Http;
using Postern.Applications;
using Postern.Directory.Sessions;
using Postern.Directory.Users;
using Postern.Events;
using Postern.Events.Recording;
using Postern.Flows;
using Postern.OAuth2.Tokens;
using Postern.Storage;

namespace Postern.OAuth2.Authorize;

/// <summary>Issues what a request asked for: a code, and tokens in the front channel where such grants are switched on. Writes them and the event <c>authorize_application</c>.</summary>
sealed class IssueAnswer(
    PosternDb db, BrowserSession browser, TokenStore store, MakeTokens tokens, AuthorizeAnswer answers, RecordEvent events,
    Issuer issuer, Subject subjects)
{
    public async Task<AnswerValues> ExecuteAsync(AuthorizeRequest request, User user, string requestUri, Flow? flow, HttpContext http, CancellationToken cancellation)
    {
        var session = await browser.FindAsync(cancellation);
        // A pushed request is good for one answer (RFC 9126 section 4).
        if (requestUri.Length > 0 && await db.ExecuteAsync("DELETE FROM oauth2_pushed_request WHERE uri_hash = $1", cancellation, TokenText.HashOf(requestUri)) == 0)
            return await answers.ErrorAsync(request, AuthorizeError.InvalidRequestUri, http, cancellation);
        var grant = new Grant(Guid.CreateVersion7(), request.Client, user, request.Scope)
        {
            Session = session?.Uuid,
            AuthTime = session?.AuthenticatedAt ?? DateTimeOffset.UnixEpoch,
            AuthMethod = session?.AuthMethod ?? "",
            Request = request.Details,
        };
        var context = new JsonObject
        {
            ["authorized_application"] = ObjectPart.Of(ApplicationKind.Kind, request.Client.Application!),
            ["flow"] = flow?.Pk.ToString("N"),
            ["scopes"] = request.Scope,
        };
        events.Add(http.Caller(), EventAction.AuthorizeApplication, "authentik_providers_oauth2", context);
        await db.SaveChangesAsync(cancellation);
        await store.AddSessionClientAsync(grant, await subjects.OfAsync(request.Client, user, cancellation), await issuer.OfAsync(request.Client, http, cancellation), cancellation);
        return await answers.CompleteAsync(request, await ValuesAsync(request, grant, http, cancellation), http, cancellation);
    }

    async Task<List<KeyValuePair<string, string>>> ValuesAsync(AuthorizeRequest request, Grant grant, HttpContext http, CancellationToken cancellation)
    {
        var (values, type) = (new List<KeyValuePair<string, string>>(), request.ResponseType);
        var code = type.Code ? await store.AddCodeAsync(grant, request.RedirectUri, cancellation) : null;
        if (code is not null)
            values.Add(new("code", code));
        if (!type.IsFrontChannel)
            return values;
        var made = await tokens.ExecuteAsync(grant, http, cancellation);
        if (type.Token)
        {
            await store.AddAccessTokenAsync(grant, made, userVersion: null, cancellation);
            values.Add(new("access_token", made.AccessToken));
            values.Add(new("token_type", "Bearer"));
            values.Add(new("expires_in", ((long)request.Client.AccessLifetime.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }
        if (type.IdToken)
            values.Add(new("id_token", MakeTokens.IdToken(grant, made, type.Token ? made.AccessToken : null, code)));
        return values;
    }
}
