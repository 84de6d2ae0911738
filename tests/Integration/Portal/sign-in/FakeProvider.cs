using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Postern.Hosting;
using Postern.Jose;

namespace Postern.Tests.Integration.Portal.sign_in;

/// <summary>An OpenID provider on a free local port that answers codes with whatever token a test wants.</summary>
sealed class FakeProvider : IAsyncDisposable
{
    readonly WebApplication app;
    readonly SigningKey key = SigningKey.Of(ECDsa.Create(ECCurve.NamedCurves.nistP256))!;

    FakeProvider(WebApplication app) => this.app = app;

    public string Issuer => $"{app.Urls.First()}/";

    /// <summary>What the next ID token says beside what is right.</summary>
    public Action<JsonObject> Adjust { get; set; } = static _ => { };

    /// <summary>Signs the next token; the published key unless set.</summary>
    public SigningKey? OtherKey { get; set; }

    public string Nonce { get; set; } = "";

    /// <summary>The form of the last token request.</summary>
    public IReadOnlyDictionary<string, string> Asked { get; private set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public static async Task<FakeProvider> StartAsync()
    {
        var builder = Listening.Bare(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRouting();
        var built = builder.Build();
        var provider = new FakeProvider(built);
        built.MapGet("/.well-known/openid-configuration", () => Results.Json(new
        {
            issuer = provider.Issuer,
            authorization_endpoint = $"{provider.Issuer}authorize",
            token_endpoint = $"{provider.Issuer}token",
            jwks_uri = $"{provider.Issuer}jwks",
            end_session_endpoint = $"{provider.Issuer}end",
        }));
        built.MapGet("/jwks", () =>
        {
            var jwk = provider.key.Public!.ToJson();
            jwk["kid"] = provider.key.KeyId;
            return Results.Text(new JsonObject { ["keys"] = new JsonArray(jwk) }.ToJsonString(), "application/json");
        });
        built.MapPost("/token", async (HttpContext http) =>
        {
            provider.Asked = (await http.Request.ReadFormAsync()).ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal);
            return Results.Json(new { id_token = provider.Token() });
        });
        await built.StartAsync();
        return provider;
    }

    public string Token(Action<JsonObject>? adjust = null)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = Issuer,
            ["aud"] = "postern-portal",
            ["sub"] = "subject-1",
            ["sid"] = "session-1",
            ["iat"] = now,
            ["exp"] = now + 300,
            ["nonce"] = Nonce,
            ["email"] = "ada@example.org",
            ["name"] = "Ada",
        };
        (adjust ?? Adjust)(claims);
        return CompactJws.Sign(claims, OtherKey ?? key);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
