using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Postern.Kernel.Settings;
using Postern.Kernel.Values;
using Postern.Storage;
using Postern.Storage.Opening;
using Postern.Storage.Sealing;
using Postern.Tests.Integration.Authenticators;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Storage;

/// <summary>What the database keeps of secrets, and what a change of the secret key does to them.</summary>
public sealed class SealAnewTests(MfaServer mfa) : IClassFixture<MfaServer>
{
    const string NewKey = "another secret key that is long enough as well";
    const string OldKey = "the secret key of all test servers, long enough";

    readonly TestServer server = mfa.Server;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_table_holds_a_secret_as_it_is()
    {
        var secrets = await FurnishAsync("plain");
        await using var columns = server.Database.Pools.Requests.CreateCommand("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'");
        await using var reader = await columns.ExecuteReaderAsync(Cancellation);
        var tables = new List<string>();
        while (await reader.ReadAsync(Cancellation))
            tables.Add(reader.GetString(0));
        foreach (var table in tables)
        {
            foreach (var (name, secret) in secrets)
                (await server.Database.ScalarAsync<long>($"SELECT count(*) FROM \"{table}\" t WHERE position('{secret}' IN t::text) > 0")).ShouldBe(0, $"{name} in {table}");
        }
    }

    [Trait("Fault", "F23")]
    [Fact]
    public async Task Under_a_new_key_with_the_one_before_everything_opens_and_is_sealed_anew()
    {
        var person = await mfa.AddPersonAsync("turned");
        await mfa.AddTotpAsync(person);
        await FurnishAsync("turned");
        // As it was before keys were sealed.
        await server.Database.ExecuteAsync("UPDATE token SET sealed_key = 'plain key of before' WHERE identifier = 'turned'");

        (await ReadableAsync(Turned(OldKey))).ShouldBeTrue();
        (await ReadableAsync(Turned())).ShouldBeFalse();
        var seal = Turned(OldKey);
        var written = await server.InScopeAsync(s => new SealAnew(s.GetRequiredService<PosternDb>(), seal, s.GetRequiredService<SealedPlaces>(), Settings(OldKey)).ExecuteAsync(Cancellation));

        written.ShouldBeGreaterThan(5);
        (await ReadableAsync(Turned())).ShouldBeTrue();
        Turned().Open((await server.Database.ScalarAsync<string>("SELECT sealed_key FROM token WHERE identifier = 'turned'"))!, "directory/token/key")!.Value.Reveal.ShouldBe("plain key of before");
        (await server.InScopeAsync(s => new SealAnew(s.GetRequiredService<PosternDb>(), seal, s.GetRequiredService<SealedPlaces>(), Settings(OldKey)).ExecuteAsync(Cancellation))).ShouldBe(0);

        // And back, so that the other tests of this server go on.
        var back = new SecretSeal(new Secret(OldKey), new Secret(NewKey));
        await server.InScopeAsync(s => new SealAnew(s.GetRequiredService<PosternDb>(), back, s.GetRequiredService<SealedPlaces>(), Settings(NewKey)).ExecuteAsync(Cancellation));
        using var visitor = new Visitor(server);
        await visitor.SignInAsync("turned");
        (await visitor.AnswerAsync(MfaServer.SignIn, new JsonObject { ["code"] = mfa.CodeAt() })).Component().ShouldBe("xak-flow-redirect");
    }

    static SecretSeal Turned(params string[] previous) => new(new Secret(NewKey), previous.Select(p => new Secret(p)));

    HostSettings Settings(string previous) => server.Services.GetRequiredService<HostSettings>() with { PreviousSecretKeys = [new Secret(previous)] };

    /// <summary>Whether a seal opens what the slices sealed.</summary>
    async Task<bool> ReadableAsync(SecretSeal seal)
    {
        (string Sql, string Purpose)[] samples =
        [
            ("SELECT seed FROM totp_device ORDER BY pk DESC LIMIT 1", "authenticators/totp/seed"),
            ("SELECT key_data FROM certificate_key_pair WHERE key_data <> '' LIMIT 1", "authentik_crypto.certificatekeypair"),
            ("SELECT config ->> 'private_key' FROM stage WHERE name = 'turned-captcha'", "config/captchastage/private_key"),
            ("SELECT config ->> 'password' FROM stage WHERE name = 'turned-email'", "config/emailstage/password"),
            ("SELECT config ->> 'client_secret' FROM provider WHERE name = 'turned'", "authentik_providers_oauth2.client_secret"),
        ];
        var opened = new List<bool>();
        foreach (var (sql, purpose) in samples)
        {
            var text = (await server.Database.ScalarAsync<string>(sql))!;
            SecretSeal.IsSealed(text).ShouldBeTrue(sql);
            opened.Add(seal.Open(text, purpose) is not null);
        }
        opened.Distinct().Count().ShouldBe(1);
        return opened[0];
    }

    /// <summary>Secrets of every kind, by name.</summary>
    async Task<Dictionary<string, string>> FurnishAsync(string run)
    {
        string Secret(string of) => $"{run}-{of}-0123456789";
        async Task MakeAsync(string path, JsonObject body) => ((int)(await mfa.Admin.PostApiAsync(path, body.ToJsonString())).Status).ShouldBeOneOf(201, 204);
        await MakeAsync("core/tokens/", new JsonObject { ["identifier"] = run, ["key"] = Secret("ignored") });
        await MakeAsync($"core/tokens/{run}/set_key/", new JsonObject { ["key"] = Secret("token") });
        await MakeAsync("stages/captcha/", new JsonObject { ["name"] = $"{run}-captcha", ["public_key"] = "x", ["private_key"] = Secret("captcha") });
        await MakeAsync("stages/email/", new JsonObject { ["name"] = $"{run}-email", ["password"] = Secret("mail") });
        var flow = (await mfa.Admin.GetApiAsync("flows/instances/default-provider-authorization-implicit-consent/")).Json["pk"]!.DeepClone();
        var end = (await mfa.Admin.GetApiAsync("flows/instances/default-provider-invalidation-flow/")).Json["pk"]!.DeepClone();
        await MakeAsync("providers/oauth2/", new JsonObject { ["name"] = run, ["client_secret"] = Secret("client"), ["authorization_flow"] = flow, ["invalidation_flow"] = end, ["redirect_uris"] = new JsonArray() });
        // Changed without a word of the secret, it stays.
        (await mfa.Admin.CallAsync("PATCH", $"stages/email/{(await mfa.Admin.GetApiAsync($"stages/email/?name={run}-email")).Json["results"]![0]!["pk"]}/", """{"subject": "Changed"}""")).Status.ShouldBe(System.Net.HttpStatusCode.OK);
        return new(StringComparer.Ordinal) { ["token"] = Secret("token"), ["captcha"] = Secret("captcha"), ["mail"] = Secret("mail"), ["client"] = Secret("client"), ["password"] = MfaServer.Password };
    }
}
