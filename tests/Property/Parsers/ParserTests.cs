using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Authenticators.WebAuthn;
using Postern.Billing.Stripe;
using Postern.Blueprints.Reading;
using Postern.Directory.Imports;
using Postern.Directory.Sessions;
using Postern.Directory.Users;
using Postern.Flows.Running;
using Postern.Jose;
using Postern.Kernel.Values;
using Postern.Licensing;
using Postern.OAuth2.Clients;
using Postern.Storage.Opening;
using Postern.Storage.Sealing;

namespace Postern.Tests.Property.Parsers;

/// <summary>
/// Every parser that meets strangers: whatever it is given ends in an outcome, soon and with little memory. What once broke one is kept in <c>Corpus</c>, beside good input that is broken anew.
/// <c>./dev fuzz</c> goes on for as long as it is told.
/// </summary>
public sealed class ParserTests
{
    const long MostBytes = 256 * 1024 * 1024;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    static readonly Lazy<SigningKey> Key = new(() => SigningKey.Of(ECDsa.Create(ECCurve.NamedCurves.nistP256))!);
    static readonly Lazy<LicenseVerifier> Licenses = new(() => new LicenseVerifier(Roots()));
    static readonly Secret[] Hook = [new("whsec_test_secret")];
    static readonly StripeProvider Stripe = new(null!, new StripeSettings { ApiKey = new("sk_test_x"), WebhookSecrets = Hook }, null!, null!, new Epoch());
    static readonly SecretSeal Seals = new(new Secret("the key of this test"));

    static readonly Dictionary<string, Action<byte[]>> parsers = new(StringComparer.Ordinal)
    {
        ["jws"] = static bytes => CompactJws.Read(Text(bytes))?.IsSignedBy(Key.Value),
        ["jwk"] = static bytes =>
        {
            if (StrictJson.Parse(bytes) is JsonObject json)
                JsonWebKey.Read(json);
        },
        ["attestation"] = static bytes =>
        {
            if (Attestation.Parse(bytes) is { } attestation && AuthenticatorData.Parse(attestation.AuthData, withCredential: true) is { } data)
                attestation.IsProven(data, SHA256.HashData(bytes));
            AuthenticatorData.Parse(bytes, withCredential: true);
            CoseKey.Verifies(bytes, [1, 2, 3], bytes);
        },
        ["passkey"] = static bytes =>
        {
            if (ClientResponse.Parse(JsonValue.Create(Text(bytes))) is { } response)
                response.Refusal("webauthn.get", "challenge", new RelyingParty("id.example.org", "https://id.example.org"));
        },
        ["blueprint"] = static bytes => BlueprintReader.Read(bytes),
        ["query"] = static bytes => UserQuery.Language.Check(Text(bytes)),
        ["redirect"] = static bytes =>
        {
            var text = Text(bytes);
            foreach (var uri in new[] { new RedirectUri("http://127.0.0.1/cb", IsRegex: false, IsLogout: false), new RedirectUri("https://rp\\.example\\.com/.*", IsRegex: true, IsLogout: false), new RedirectUri(text, IsRegex: true, IsLogout: false) })
                uri.Matches(text);
            LocalPath.Of(text);
        },
        ["page query"] = static bytes => PageQuery.Parse(Text(bytes)),
        ["user agent"] = static bytes => UserAgent.Parse(Text(bytes)),
        ["cookie"] = static bytes =>
        {
            new Seal(Seals).Open("cookie", Text(bytes));
            new Seal(Seals).Open("cookie", "sealed:1:" + Text(bytes));
        },
        ["licence"] = static bytes => Licenses.Value.Verify(Text(bytes), Guid.Empty),
        ["stripe"] = static bytes =>
        {
            StripeSignature.Holds(bytes, Text(bytes), Hook, DateTimeOffset.UnixEpoch);
            var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Hook[0].Reveal), (byte[])[.. "0."u8, .. bytes]));
            Stripe.ParseWebhook(bytes, $"t=0,v1={signature}");
        },
        ["csv"] = static bytes =>
        {
            if (CsvText.Decode(bytes).Succeeded(out var text, out _))
                UserTable.Read(text);
        },
        ["mail address"] = static bytes => EmailAddress.IsValid(Text(bytes)),
        ["duration"] = static bytes =>
        {
            if (Duration.TryParse(Text(bytes), out var duration))
                duration.ToString().ShouldNotBeEmpty();
        },
    };

    public static TheoryData<string> Names => [.. parsers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Whatever_it_is_given_ends_in_an_outcome(string parser)
    {
        var corpus = Corpus(parser);
        foreach (var seed in corpus)
            Try(parser, seed, "corpus");
        var start = Fuzzing.Seed();
        var mutation = new Mutation(start, corpus);
        foreach (var i in Fuzzing.Inputs(500))
            Try(parser, mutation.Next(), $"seed {start}, input {i}");
    }

    static void Try(string parser, byte[] input, string which)
    {
        var (clock, before) = (Stopwatch.StartNew(), GC.GetAllocatedBytesForCurrentThread());
        try
        {
            parsers[parser](input);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{parser} broke ({which}): {Convert.ToBase64String(input.Length > 4096 ? input[..4096] : input)}", e);
        }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(MostBytes, $"{parser} ({which}) took memory for {Convert.ToBase64String(input[..Math.Min(input.Length, 4096)])}");
        clock.Elapsed.ShouldBeLessThan(Patience, $"{parser} ({which}) hung on {Convert.ToBase64String(input[..Math.Min(input.Length, 4096)])}");
    }

    /// <summary>A JSON list of texts; those that begin with <c>base64:</c> are bytes.</summary>
    static List<byte[]> Corpus(string parser)
    {
        var file = Path.Combine(AppContext.BaseDirectory, "Parsers", "Corpus", $"{parser.Replace(' ', '-')}.json");
        return [.. JsonSerializer.Deserialize<List<string>>(File.ReadAllText(file))!.Select(s => s.StartsWith("base64:", StringComparison.Ordinal) ? Convert.FromBase64String(s["base64:".Length..]) : Encoding.UTF8.GetBytes(s))];
    }

    static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    sealed class Epoch : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch;
    }

    static X509Certificate2Collection Roots()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP521);
        return [new CertificateRequest("CN=root", key, HashAlgorithmName.SHA512).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100))];
    }
}
