using System.Text.Json.Nodes;
using Postern.Tests.Support.Oidc;

namespace Postern.Tests.Contract.Oidc;

/// <summary>The modules of the OpenID Foundation's plans, one test each by their names there: Basic OP by query and by form post, Config OP, RP-initiated logout, and of Dynamic OP what there is. Judged by <c>openid-client</c> and <c>jose</c>.</summary>
public sealed class ConformanceTests(OidcServer server) : IClassFixture<OidcServer>
{
    public static TheoryData<string> Basic =>
    [
        "oidcc-server", "oidcc-response-type-missing", "oidcc-idtoken-signature", "oidcc-idtoken-unsigned", "oidcc-userinfo-get", "oidcc-userinfo-post-header", "oidcc-userinfo-post-body",
        "oidcc-ensure-request-without-nonce-succeeds-for-code-flow", "oidcc-scope-profile", "oidcc-scope-email", "oidcc-scope-address", "oidcc-scope-phone", "oidcc-scope-all",
        "oidcc-alternate-happy-flow", "oidcc-display-page", "oidcc-display-popup", "oidcc-prompt-login", "oidcc-prompt-none-not-logged-in", "oidcc-prompt-none-logged-in", "oidcc-max-age-1",
        "oidcc-max-age-10000", "oidcc-ensure-request-with-unknown-parameter-succeeds", "oidcc-id-token-hint", "oidcc-login-hint", "oidcc-ui-locales", "oidcc-claims-locales",
        "oidcc-ensure-request-with-acr-values-succeeds", "oidcc-codereuse", "oidcc-codereuse-30seconds", "oidcc-ensure-registered-redirect-uri", "oidcc-ensure-post-request-succeeds",
        "oidcc-server-client-secret-post", "oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported",
        "oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported", "oidcc-claims-essential", "oidcc-ensure-request-object-with-redirect-uri", "oidcc-refresh-token",
        "oidcc-ensure-request-with-valid-pkce-succeeds",
    ];

    public static TheoryData<string> Others =>
    [
        "oidcc-discovery-endpoint-verification",
        "oidcc-rp-initiated-logout-discovery-endpoint-verification", "oidcc-rp-initiated-logout", "oidcc-rp-initiated-logout-bad-post-logout-redirect-uri",
        "oidcc-rp-initiated-logout-modified-id-token-hint", "oidcc-rp-initiated-logout-no-id-token-hint", "oidcc-rp-initiated-logout-no-params",
        "oidcc-rp-initiated-logout-no-post-logout-redirect-uri", "oidcc-rp-initiated-logout-no-state", "oidcc-rp-initiated-logout-only-state",
        "oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri", "oidcc-rp-initiated-logout-bad-id-token-hint",
    ];

    public static TheoryData<string> Dynamic =>
    [
        "oidcc-ensure-redirect-uri-in-authorization-request", "oidcc-redirect-uri-query-OK", "oidcc-redirect-uri-query-mismatch", "oidcc-redirect-uri-query-added",
        "oidcc-redirect-uri-regfrag", "oidcc-server-rotate-keys", "oidcc-ensure-client-assertion-with-iss-aud-succeeds",
    ];

    [Theory]
    [MemberData(nameof(Basic))]
    public Task Basic_plan(string module) => RunAsync(module, mode: null);

    [Theory]
    [MemberData(nameof(Basic))]
    public Task Form_post_plan(string module) => RunAsync(module, "form_post");

    [Theory]
    [MemberData(nameof(Others))]
    public Task Config_and_logout_plans(string module) => RunAsync(module, mode: null);

    [Theory]
    [MemberData(nameof(Dynamic))]
    public Task Dynamic_plan(string module) => RunAsync(module, mode: null, registers: true);

    async Task RunAsync(string module, string? mode, bool registers = false)
    {
        var slug = $"module-{Guid.NewGuid():N}"[..20];
        // The plans ask for RS256.
        var provider = await server.AddApplicationAsync(slug, more: new JsonObject { ["signing_key"] = await server.KeyAsync("rsa", slug), ["invalidation_flow"] = await server.FlowAsync("default-invalidation-flow") });
        var other = await server.AddApplicationAsync($"{slug}-other");
        if (registers)
            await server.OpenRegistrationAsync(provider);
        await Judge.RunAsync("modules", server, new JsonObject
        {
            ["module"] = module,
            ["mode"] = mode,
            ["slug"] = slug,
            ["pk"] = provider["pk"]!.DeepClone(),
            ["token"] = OidcServer.Token,
            ["next_key"] = registers ? await server.KeyAsync("rsa", $"{slug} next") : null,
            ["client_id"] = provider["client_id"]!.DeepClone(),
            ["client_secret"] = provider["client_secret"]!.DeepClone(),
            ["other"] = new JsonObject { ["client_id"] = other["client_id"]!.DeepClone(), ["client_secret"] = other["client_secret"]!.DeepClone() },
        });
    }
}
