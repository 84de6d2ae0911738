using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Postern.Kernel.Values;
using Postern.OAuth2.Clients;
using Postern.OAuth2.Tokens;
using Postern.Storage.Snapshots;

namespace Postern.OAuth2.Authorize;

/// <summary>
/// Checks an authorization request (RFC 6749 section 4.1.1, OpenID Connect Core section 3.1.2.2): first what decides where errors may go, then
/// the rest.
/// </summary>
sealed class CheckRequest(Snapshot<ClientPicture> clients, Issuer issuer)
{
    public async ValueTask<CheckedRequest> ExecuteAsync(AuthorizeParameters parameters, bool pushed, HttpContext http, CancellationToken cancellation)
    {
        var picture = await clients.GetAsync(cancellation);
        if (parameters.Repeated is "client_id" || picture.Find(parameters["client_id"]) is not { Application: not null } client)
            return CheckedRequest.Refuse(ErrorPage.Client);
        if (parameters.Repeated is "redirect_uri" || parameters["redirect_uri"] is not { } redirect || !client.Allows(redirect))
            return CheckedRequest.Refuse(ErrorPage.RedirectUri);

        var type = ResponseType.Parse(parameters["response_type"] ?? "");
        var request = new AuthorizeRequest(parameters, client, redirect, type ?? new(Code: true, IdToken: false, Token: false), ModeOf(parameters["response_mode"], type) ?? ResponseMode.Query);
        if (Refusal(parameters, client, type, pushed) is { } error)
            return CheckedRequest.Refuse(request, error);
        if (ModeOf(parameters["response_mode"], type) is null)
            return CheckedRequest.Refuse(request, AuthorizeError.Invalid("Unsupported response_mode"));
        if (ReadClaims(parameters["claims"]) is not { } claims)
            return CheckedRequest.Refuse(request, AuthorizeError.Invalid("The claims parameter is not a JSON object"));
        var subject = claims.Subject;
        if (parameters["id_token_hint"] is { } hint)
        {
            if (OwnToken.Read(hint, client, await issuer.OfAsync(client, http, cancellation)) is not { } told)
                return CheckedRequest.Refuse(request, AuthorizeError.Invalid("The id_token_hint is not an ID token of this issuer for this client"));
            subject ??= OwnToken.Text(told, "sub");
        }
        var asked = parameters.List("scope");
        var scope = asked.Length == 0 ? string.Join(' ', client.ScopeNames.Where(s => s is not "offline_access").Order(StringComparer.Ordinal)) : client.Grantable(asked);
        if (!type!.Code)
            scope = string.Join(' ', scope.Split(' ').Where(s => s is not "offline_access"));
        return new CheckedRequest(
            request with
            {
                Scope = scope,
                Prompt = parameters.List("prompt"),
                MaxAge = parameters["max_age"] is { } age ? TimeSpan.FromSeconds(int.Parse(age, CultureInfo.InvariantCulture)) : null,
                ExpectedSubject = subject,
                Details = new GrantRequest(
                    parameters["nonce"], parameters["code_challenge"], parameters["code_challenge"] is null ? null : parameters["code_challenge_method"] ?? "plain", parameters["dpop_jkt"], claims.Names),
            },
            null,
            null);
    }

    static AuthorizeError? Refusal(AuthorizeParameters parameters, Client client, ResponseType? type, bool pushed)
    {
        if (parameters.Repeated is { } name)
            return AuthorizeError.Invalid($"The parameter {(name.Length <= 40 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_') ? name : "given")} is repeated");
        if (parameters["request"] is not null)
            return AuthorizeError.RequestNotSupported;
        if (parameters["request_uri"] is not null)
            return AuthorizeError.RequestUriNotSupported;
        if (parameters["response_type"] is null)
            return AuthorizeError.Invalid("The response_type parameter is missing");
        if (type is null)
            return AuthorizeError.UnsupportedResponseType;
        if (!client.May(type.Grant))
            return AuthorizeError.Unauthorized;
        if (client.Provider.RequirePushedRequests && !pushed)
            return AuthorizeError.Invalid("Pushed authorization requests are required for this client");
        var asked = parameters.List("scope");
        if (asked.Length > 0 && type.IdToken && !asked.Contains("openid", StringComparer.Ordinal))
            return AuthorizeError.InvalidScope;
        // OpenID Connect Core sections 3.2.2.1 and 3.3.2.11.
        if (type.IdToken && parameters["nonce"] is null)
            return AuthorizeError.Invalid("The nonce parameter is missing");
        if (parameters["max_age"] is { } age && !int.TryParse(age, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            return AuthorizeError.Invalid("The max_age parameter is not a number of seconds");
        if (parameters.List("prompt") is { Length: > 1 } prompts && prompts.Contains("none", StringComparer.Ordinal))
            return AuthorizeError.Invalid("The prompt none cannot stand beside others");
        if (parameters.All.Any(p => p.Value.Length > 4096 || p.Value.Contains('\0', StringComparison.Ordinal) || p.Key.Contains('\0', StringComparison.Ordinal)))
            return AuthorizeError.Invalid("A parameter is too long or no text");
        if (parameters["dpop_jkt"] is { Length: not 43 })
            return AuthorizeError.Invalid("The dpop_jkt parameter is not a key's thumbprint");
        return PkceRefusal(parameters, client, type);
    }

    // RFC 7636 section 4.4.1, RFC 9700 section 2.1.1.
    static AuthorizeError? PkceRefusal(AuthorizeParameters parameters, Client client, ResponseType type)
    {
        if (parameters["code_challenge"] is not { } challenge)
        {
            if (parameters["code_challenge_method"] is not null)
                return AuthorizeError.Invalid("The code_challenge parameter is missing");
            return type.Code && (client.IsPublic || client.Provider.RequirePkce) ? AuthorizeError.Invalid("A code challenge is required (PKCE)") : null;
        }
        var method = parameters["code_challenge_method"] ?? "plain";
        if (method is not "S256" && (method is not "plain" || !client.Provider.AllowPlainPkce))
            return AuthorizeError.Invalid($"Unsupported challenge method {(method.Length <= 20 && method.All(char.IsAsciiLetterOrDigit) ? method : "")}".TrimEnd());
        return challenge.Length is >= 43 and <= 128 && challenge.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~')
            ? null
            : AuthorizeError.Invalid("The code_challenge parameter is malformed");
    }

    /// <summary>The mode asked for, else the usual one; null for one that does not exist or would put tokens into a query.</summary>
    static ResponseMode? ModeOf(string? asked, ResponseType? type) => asked switch
    {
        null => type?.IsFrontChannel is true ? ResponseMode.Fragment : ResponseMode.Query,
        "query" when type?.IsFrontChannel is not true => ResponseMode.Query,
        "fragment" => ResponseMode.Fragment,
        "form_post" => ResponseMode.FormPost,
        _ => null,
    };

    // OpenID Connect Core section 5.5: the members for the ID token.
    static (IReadOnlyList<string> Names, string? Subject)? ReadClaims(string? text)
    {
        if (text is null)
            return ([], null);
        if (StrictJson.Parse(text) is not JsonObject claims)
            return null;
        var wanted = claims["id_token"] as JsonObject ?? [];
        return ([.. wanted.Select(c => c.Key).Take(50)], wanted["sub"] is JsonObject sub ? OwnToken.Text(sub, "value") : null);
    }
}
