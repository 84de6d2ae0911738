using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Postern.Api.Http;
using Postern.Applications.Access;
using Postern.Applications.Transactions;
using Postern.Kernel.Access;
using Postern.Kernel.Values;
using Postern.OAuth2.Clients;
using Postern.OAuth2.Userinfo;
using Postern.Policies.Bindings;
using Postern.Policies.Engine;
using Postern.Storage;

namespace Postern.OAuth2.Registration;

/// <summary>
/// Registers an application for a program (RFC 7591 section 3): provider, application and bindings, as copies of those that the registration stands beside.
/// Later changes of the pattern leave them alone, and nothing of an existing application can be changed from here.
/// </summary>
sealed class RegisterClient(PosternDb db, DecideAccess access, PolicyEngine policies, CreateWithProvider create, TimeProvider clock)
{
    const int MostAnHour = 20;

    public async Task<RegistrationOutcome> ExecuteAsync(Client beside, DynamicRegistration registration, ShownToken token, JsonElement body, HttpContext http, CancellationToken cancellation)
    {
        var question = new PolicyRequest { User = token.User, Caller = http.Caller(), Http = HttpFacts.Of(http, http.Caller().ClientIp) };
        if (!(await access.ExecuteAsync(beside.Application!, question, cancellation)).Passing
            || !(await policies.EvaluateAsync(registration.Pk, registration.PolicyEngineMode, question.About(registration), cancellation)).Passing)
            return new("access_denied", "You may not register applications here", StatusCodes.Status403Forbidden);
        var allowed = registration.AllowedGrantTypes.Count > 0 ? registration.AllowedGrantTypes : beside.Provider.GrantTypes;
        var (metadata, error, description) = ClientMetadata.Read(body, allowed);
        if (metadata is null)
            return new(error, description);
        return await db.InTransactionAsync(() => RegisterAsync(beside, registration, token, metadata, http, cancellation), o => o.Error is null, cancellation);
    }

    async Task<RegistrationOutcome> RegisterAsync(Client beside, DynamicRegistration registration, ShownToken token, ClientMetadata metadata, HttpContext http, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await db.ExecuteAsync("SELECT FROM \"user\" WHERE pk = $1 FOR NO KEY UPDATE", cancellation, token.User.Pk);
        if (await db.ScalarAsync<long>("SELECT count(*) FROM oauth2_registered_client WHERE user_pk = $1 AND created_at > $2", cancellation, token.User.Pk, now - TimeSpan.FromHours(1)) >= MostAnHour)
            return new("slow_down", "Too many registrations. Try again later", StatusCodes.Status429TooManyRequests);
        var (id, secret) = (RandomText.Alphanumeric(40), metadata.IsPublic ? "" : RandomText.Alphanumeric(128));
        var request = new TransactionRequest(
            new JsonObject { ["name"] = metadata.Name, ["slug"] = $"dcr-{id[..12].ToLowerInvariant()}", ["group"] = registration.DefaultApplicationGroup, ["policy_engine_mode"] = WireEnum<PolicyEngineMode>.Name(beside.Application!.PolicyEngineMode) },
            OAuth2ProviderKind.Kind, Provider(beside, registration, metadata, id, secret), await BindingsAsync(beside, registration, cancellation));
        // The program has no rights of its own; that it may do this was decided above.
        var made = await create.ExecuteAsync(Caller.System with { ClientIp = http.Caller().ClientIp, Request = http.Caller().Request }, request, cancellation);
        if (made.Fault is not null || made.Value is not { Errors.Count: 0, Application.ProviderId: { } provider })
            return new("invalid_client_metadata", "The application could not be made of this");
        await db.ExecuteAsync("INSERT INTO oauth2_registered_client (provider_id, user_pk, created_at, beside_id) VALUES ($1, $2, $3, $4)", cancellation, provider, token.User.Pk, now, beside.Provider.Id);
        var answer = new JsonObject
        {
            ["client_id"] = id,
            ["client_id_issued_at"] = now.ToUnixTimeSeconds(),
            ["client_name"] = metadata.Name,
            ["redirect_uris"] = List(metadata.RedirectUris),
            ["grant_types"] = List(metadata.GrantTypes),
            ["response_types"] = List(metadata.ResponseTypes),
            ["scope"] = string.Join(' ', beside.ScopeNames.Order(StringComparer.Ordinal)),
            ["token_endpoint_auth_method"] = metadata.AuthMethod,
        };
        if (!metadata.IsPublic)
            (answer["client_secret"], answer["client_secret_expires_at"]) = (secret, 0);
        return new RegistrationOutcome(answer);
    }

    static JsonObject Provider(Client beside, DynamicRegistration registration, ClientMetadata metadata, string id, string secret)
    {
        var (own, mappings) = (beside.Provider, registration.OverridePropertyMappings);
        return new JsonObject
        {
            ["name"] = $"{metadata.Name} ({id[..12]})",
            ["client_id"] = id,
            ["client_secret"] = secret,
            ["client_type"] = metadata.IsPublic ? "public" : "confidential",
            ["grant_types"] = List(metadata.GrantTypes),
            ["redirect_uris"] = new JsonArray([.. metadata.RedirectUris.Select(r => new JsonObject { ["matching_mode"] = "strict", ["url"] = r, ["redirect_uri_type"] = "authorization" })]),
            ["authentication_flow"] = own.AuthenticationFlow?.ToString(),
            ["authorization_flow"] = (registration.OverrideAuthorizationFlow ?? own.AuthorizationFlow)?.ToString(),
            ["invalidation_flow"] = (registration.OverrideInvalidationFlow ?? own.InvalidationFlow)?.ToString(),
            ["property_mappings"] = List((mappings.Count > 0 ? mappings : own.PropertyMappings).Select(m => m.ToString())),
            ["access_token_validity"] = registration.AccessTokenValidity,
            ["refresh_token_validity"] = registration.RefreshTokenValidity,
            ["signing_key"] = own.SigningKey?.ToString(),
            ["issuer_mode"] = WireEnum<IssuerMode>.Name(own.IssuerMode),
            ["sub_mode"] = WireEnum<SubMode>.Name(own.SubMode),
            ["include_claims_in_id_token"] = own.IncludeClaimsInIdToken,
        };
    }

    /// <summary>Bindings of the registration, else those of the application it stands beside: who may not use that one may not use this one.</summary>
    async Task<List<JsonObject>> BindingsAsync(Client beside, DynamicRegistration registration, CancellationToken cancellation)
    {
        var bindings = await db.Set<PolicyBinding>().AsNoTracking().Where(b => b.Target == registration.Pk || b.Target == beside.Application!.Pk).ToListAsync(cancellation);
        var target = bindings.Exists(b => b.Target == registration.Pk) ? registration.Pk : beside.Application!.Pk;
        return [.. bindings.Where(b => b.Target == target).Select(b => new JsonObject
        {
            ["policy"] = b.PolicyPk?.ToString(),
            ["group"] = b.GroupPk?.ToString(),
            ["user"] = b.UserPk,
            ["negate"] = b.Negate,
            ["enabled"] = b.Enabled,
            ["order"] = b.Order,
            ["timeout"] = b.Timeout,
            ["failure_result"] = b.FailureResult,
        })];
    }

    static JsonArray List(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode)t)]);
}

/// <summary>The registered client as the program is told of it, or an error (RFC 7591 section 3.2).</summary>
sealed record RegistrationOutcome(string? Error, string Description, int Status = StatusCodes.Status400BadRequest)
{
    public RegistrationOutcome(JsonObject client)
        : this(null, "", StatusCodes.Status201Created) => Client = client;

    public JsonObject? Client { get; }
}
