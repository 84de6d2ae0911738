using System.Text;
using Postern.Jose;

namespace Postern.Tests.Unit.Jose;

/// <summary>Ed25519 against the vectors of RFC 8032, and its encodings.</summary>
public sealed class Ed25519Tests
{
    // RFC 8032 section 7.1, TEST 2.
    const string Secret = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";
    const string Point = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
    const string Signature = "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

    // RFC 8410 section 7: version, algorithm, and the secret in two octet strings.
    static readonly byte[] encoded = Convert.FromHexString($"302e020100300506032b657004220420{Secret}");

    [Fact]
    public void It_signs_what_the_standard_signs()
    {
        using var key = new Ed25519Key();
        key.ImportPkcs8PrivateKey(encoded, out _);

        Convert.ToHexStringLower(key.Point).ShouldBe(Point);
        Convert.ToHexStringLower(key.Sign([0x72])).ShouldBe(Signature);
        key.ExportPkcs8PrivateKey().ShouldBe(encoded);
        Convert.ToHexStringLower(key.ExportSubjectPublicKeyInfo()).ShouldBe($"302a300506032b6570032100{Point}");
    }

    [Fact]
    public void A_public_key_verifies_this_text_only()
    {
        using var key = Ed25519Key.OfPoint(Convert.FromHexString(Point));

        key.Verify([0x72], Convert.FromHexString(Signature)).ShouldBeTrue();
        key.Verify([0x73], Convert.FromHexString(Signature)).ShouldBeFalse();
        key.Verify([0x72], Convert.FromHexString(Signature).AsSpan(0, 63)).ShouldBeFalse();
        key.HasSecret.ShouldBeFalse();
    }

    [Fact]
    public void A_text_form_is_read_again_and_a_key_set_names_it()
    {
        using var key = Ed25519Key.Generate();
        using var again = new Ed25519Key();
        again.ImportFromPem(key.ExportPkcs8PrivateKeyPem());
        var jwk = JsonWebKey.Read(JsonWebKey.Of(key).ToJson())!;
        var data = Encoding.UTF8.GetBytes("text");

        again.Point.SequenceEqual(key.Point).ShouldBeTrue();
        jwk.Verifier("EdDSA")!.Verify(data, again.Sign(data)).ShouldBeTrue();
        jwk.Verifier("ES256").ShouldBeNull();
        jwk.Thumbprint().ShouldBe(JsonWebKey.Of(key).Thumbprint());
    }
}
