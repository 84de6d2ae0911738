using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Postern.Jobs;
using Postern.Tests.Support.Oidc;

namespace Postern.Tests.Contract.Oidc;

/// <summary>The code flow as <c>openid-client</c> and <c>jose</c> see it.</summary>
[Trait("Guide", "oauth2")]
public sealed class CodeFlowTests(OidcServer server) : IClassFixture<OidcServer>
{
    [Trait("Fault", "F15")]
    [Fact]
    public async Task A_confidential_client_signs_a_person_in_reads_claims_refreshes_and_loses_all_by_a_replay()
    {
        var provider = await server.AddApplicationAsync("grafana");

        await Judge.RunAsync("code-flow", server, Settings("grafana", provider, "ES256"));
    }

    [Theory]
    [InlineData("basic-op", "implicit")]
    public async Task The_authorization_endpoint_keeps_the_promises_of_the_basic_plan(string script, string consent)
    {
        var provider = await server.AddApplicationAsync($"{script}-{consent}");

        await Judge.RunAsync(script, server, Settings($"{script}-{consent}", provider, "ES256"));
    }

    [Trait("Fault", "F15")]
    [Fact]
    public async Task A_pushed_request_survives_sign_in_and_is_good_once()
    {
        var provider = await server.AddApplicationAsync("pushed", more: new JsonObject { ["require_pushed_requests"] = true });

        await Judge.RunAsync("pushed", server, Settings("pushed", provider, "ES256"));
    }

    [Fact]
    public async Task A_program_proves_itself_by_secret_or_signature_and_looks_at_and_gives_back_its_tokens()
    {
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        var parameters = key.ExportParameters(includePrivateParameters: true);
        var jwk = new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["kid"] = "own", ["x"] = Text(parameters.Q.X), ["y"] = Text(parameters.Q.Y) };
        var provider = await server.AddApplicationAsync("machine", more: new JsonObject { ["jwks"] = new JsonObject { ["keys"] = new JsonArray(jwk.DeepClone()) } });
        var settings = Settings("machine", provider, "ES256");
        jwk["d"] = Text(parameters.D);
        settings["jwk"] = jwk;

        await Judge.RunAsync("machine", server, settings);

        static string Text(byte[]? bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
    }

    [Fact]
    public async Task Signing_out_leads_back_only_to_registered_addresses_and_needs_proof_or_the_persons_word()
    {
        var provider = await server.AddApplicationAsync("logout", more: new JsonObject { ["invalidation_flow"] = await server.FlowAsync("default-invalidation-flow") });

        await Judge.RunAsync("logout", server, Settings("logout", provider, "ES256"));
    }

    [Fact]
    public async Task Signing_out_tells_applications_of_the_session_in_frames_and_then_leads_back()
    {
        var over = await server.FlowAsync("default-invalidation-flow");
        var clients = new JsonArray();
        foreach (var (slug, uri) in new[] { ("front", "https://rp.example.com/out"), ("front-other", "http://other.example.com/out?keep=me"), ("front-silent", "") })
        {
            var more = new JsonObject { ["invalidation_flow"] = over, ["logout_uri"] = uri, ["logout_method"] = uri.Length > 0 ? "frontchannel" : "backchannel" };
            clients.Add(Settings(slug, await server.AddApplicationAsync(slug, more: more), "ES256"));
        }

        await Judge.RunAsync("frontchannel", server, new JsonObject { ["clients"] = clients });
    }

    [Fact]
    public async Task A_token_bound_to_a_key_is_worth_nothing_without_it()
    {
        var provider = await server.AddApplicationAsync("bound");

        await Judge.RunAsync("dpop", server, Settings("bound", provider, "ES256"));
    }

    [Fact]
    public async Task A_device_is_let_in_by_a_person_who_enters_its_code()
    {
        var provider = await server.AddApplicationAsync("television");

        await Judge.RunAsync("device", server, Settings("television", provider, "ES256"));
    }

    [Fact]
    public async Task An_application_hears_of_the_end_of_a_session_over_the_back_channel()
    {
        var port = FreePort();
        var provider = await server.AddApplicationAsync("backchannel", more: new JsonObject
        {
            ["invalidation_flow"] = await server.FlowAsync("default-invalidation-flow"),
            ["logout_uri"] = $"http://127.0.0.1:{port}/logout",
            ["logout_method"] = "backchannel",
        });
        var settings = Settings("backchannel", provider, "ES256");
        settings["port"] = port;
        using var done = new CancellationTokenSource();
        var work = WorkAsync(done.Token);

        await Judge.RunAsync("backchannel", server, settings);

        await done.CancelAsync();
        await work;
    }

    /// <summary>Does what a worker would until told to stop.</summary>
    async Task WorkAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var runner = server.Server.Services.GetRequiredService<JobRunner>();
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
                await runner.RunDueAsync(stop);
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }

    static int FreePort()
    {
        using var socket = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        socket.Start();
        return ((System.Net.IPEndPoint)socket.LocalEndpoint).Port;
    }

    static JsonObject Settings(string slug, JsonObject provider, string algorithm) => new()
    {
        ["slug"] = slug,
        ["client_id"] = provider["client_id"]!.DeepClone(),
        ["client_secret"] = provider["client_secret"]!.DeepClone(),
        ["alg"] = algorithm,
    };
}
