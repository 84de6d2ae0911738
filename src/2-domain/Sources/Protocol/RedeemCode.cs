using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Postern.Brands;
using Postern.Kernel;
using Postern.Sources.OAuth;
using Postern.Sources.Providers;

namespace Postern.Sources.Protocol;

/// <summary>Trades a code for who somebody is: the tokens, the signed one checked, and the profile (RFC 6749 section 4.1.3, OpenID Connect Core 1.0 sections 3.1.3 and 5.3).</summary>
sealed class RedeemCode(FindEndpoints find, CheckIdToken check, SourceHttp http, Links links)
{
    /// <summary>Faults: invalid, with what the provider refused, or what of its answer must not be believed.</summary>
    public async Task<Result<Identity>> ExecuteAsync(HttpContext context, OAuthSource source, Attempt attempt, CancellationToken cancellation)
    {
        if (!(await find.ExecuteAsync(source, cancellation)).Succeeded(out var endpoints, out var fault))
            return fault;
        var query = context.Request.Query;
        // Another provider's answer, given to this source (RFC 9207 section 2.4).
        if (endpoints.Issuer is { } issuer && (query.ContainsKey("iss") || endpoints.NamesItself) && !string.Equals(query["iss"], issuer, StringComparison.Ordinal))
            return Fault.Input("The answer is not of the provider that was asked.");
        try
        {
            var token = await TokenAsync(context, source, endpoints, attempt, query["code"].ToString(), cancellation);
            if (!(await ClaimsAsync(source, endpoints, attempt, token, cancellation)).Succeeded(out var info, out fault))
                return fault;
            if (endpoints.Profile is { } address && Text(token, "access_token") is { } access)
            {
                var profile = await AskAsync(address, access, cancellation) as JsonObject ?? [];
                // Who the signed token is about decides; a profile of somebody else is no answer to it.
                if (info.Count > 0 && !string.Equals(Text(info, "sub"), Text(profile, "sub"), StringComparison.Ordinal))
                    return Fault.Input("The profile is of somebody else than the token.");
                foreach (var (name, value) in profile)
                    info[name] = value?.DeepClone();
                await AddEmailAsync(source, info, access, cancellation);
            }
            return Identity.Read(source.Type, info, token) is { } identity ? identity : Fault.Input("The provider did not say who that is.");
        }
        catch (Exception e) when (SourceHttp.IsFailure(e, cancellation))
        {
            return Fault.Input(e.Message);
        }
    }

    async Task<JsonObject> TokenAsync(HttpContext context, OAuthSource source, Endpoints endpoints, Attempt attempt, string code, CancellationToken cancellation)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = await links.ToAsync(source.CallbackPath, context.Request, cancellation),
        };
        if (source.Pkce is not PkceMethod.None)
            form["code_verifier"] = attempt.Verifier;
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoints.Token);
        if (source.AuthorizationCodeAuthMethod is ClientAuthentication.BasicAuth)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(source.ConsumerKey)}:{Uri.EscapeDataString(source.ConsumerSecret)}")));
        else
            (form["client_id"], form["client_secret"]) = (source.ConsumerKey, source.ConsumerSecret);
        request.Content = new FormUrlEncodedContent(form);
        var answer = await http.SendAsync(request, cancellation) as JsonObject ?? [];
        if (Text(answer, "error") is { } error)
            throw new HttpRequestException($"The provider refused the code: {error} {Text(answer, "error_description")}".TrimEnd());
        return answer;
    }

    /// <summary>What the signed token says; empty where the provider sends none and need not.</summary>
    async Task<Result<JsonObject>> ClaimsAsync(OAuthSource source, Endpoints endpoints, Attempt attempt, JsonObject token, CancellationToken cancellation)
    {
        var isSigned = source.OidcJwks.Count > 0 || endpoints.Jwks is not null;
        if (!source.Type.IsOpenId || (!isSigned && endpoints.Profile is not null))
            return new JsonObject();
        return Text(token, "id_token") is { } signed
            ? await check.ExecuteAsync(source, endpoints, signed, attempt.Nonce, cancellation)
            : Fault.Input("The provider answered without an ID token.");
    }

    /// <summary>Some keep the address out of the profile and list it beside.</summary>
    async Task AddEmailAsync(OAuthSource source, JsonObject info, string access, CancellationToken cancellation)
    {
        if (source.Type.EmailsUrl is not { } address || !string.Equals(source.ProfileUrl ?? source.Type.ProfileUrl, source.Type.ProfileUrl, StringComparison.Ordinal))
            return;
        if (await AskAsync(new Uri(address), access, cancellation) is JsonArray list
            && list.OfType<JsonObject>().FirstOrDefault(e => e["primary"] is JsonValue primary && primary.TryGetValue<bool>(out var yes) && yes) is { } found)
            (info["email"], info["email_verified"]) = (found["email"]?.DeepClone(), found["verified"]?.DeepClone());
    }

    async Task<JsonNode?> AskAsync(Uri address, string access, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", access);
        return await http.SendAsync(request, cancellation);
    }

    static string? Text(JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
}
