using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Postern.Kernel;
using Postern.Licensing;

namespace Postern.Tests.Unit.Licensing;

[Trait("Fault", "F29")]
public sealed class LicenseVerifierTests : IDisposable
{
    static readonly Guid Install = Guid.Parse("6f1d3a52-58f8-4a7f-9a3d-0b6f7d2c9e11");

    readonly Authority authority = new();

    public void Dispose() => authority.Dispose();

    [Fact]
    public void A_key_says_what_was_signed()
    {
        var read = Verify(authority.Sign(Document())).Value;

        read.Name.ShouldBe("Head office");
        read.InternalUsers.ShouldBe(100);
        read.ExternalUsers.ShouldBe(20);
        read.Flags.ShouldBe([LicenseFlag.NonProduction]);
    }

    [Fact]
    public void A_key_survives_being_wrapped_by_a_mail_program()
    {
        var lines = authority.Sign(Document()).Chunk(64).Select(chunk => new string(chunk));

        Verify($"-----BEGIN LICENSE-----\r\n {string.Join(" \r\n\u200b", lines)}\r\n-----END LICENSE-----\r\n").Fault.ShouldBeNull();
    }

    [Fact]
    public void A_key_outlives_the_certificate_that_signed_it() =>
        Verify(authority.Sign(Document() with { ExpiresAt = Authority.Now.AddYears(5).ToUnixTimeSeconds() })).Fault.ShouldBeNull();

    [Fact]
    public void A_key_of_another_installation_is_told_apart() =>
        Verify(authority.Sign(Document() with { Audience = LicenseAudience.Of(Guid.NewGuid()) })).Fault!.Message.ShouldContain("Invalid Install ID in license");

    [Fact]
    public void A_key_signed_after_its_certificate_ended_is_refused() =>
        ShouldBeUnverifiable(authority.Sign(Document() with { IssuedAt = Authority.Now.AddDays(31).ToUnixTimeSeconds() }));

    [Fact]
    public void Negative_counts_are_refused() => ShouldBeUnverifiable(authority.Sign(Document() with { InternalUsers = -1 }));

    [Fact]
    public void Changed_claims_are_refused()
    {
        var parts = authority.Sign(Document()).Split('.');
        var claims = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1])).Replace(":100,", ":900,", StringComparison.Ordinal);
        claims.ShouldContain(":900,");

        ShouldBeUnverifiable($"{parts[0]}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.{parts[2]}");
    }

    [Theory]
    [InlineData("none")]
    [InlineData("HS512")]
    [InlineData("ES256")]
    public void Another_algorithm_is_refused(string algorithm)
    {
        var parts = authority.Sign(Document()).Split('.');
        var header = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[0])).Replace("ES512", algorithm, StringComparison.Ordinal);

        ShouldBeUnverifiable($"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{parts[1]}.{parts[2]}");
    }

    [Fact]
    public void Another_root_is_refused()
    {
        using var other = new Authority();
        ShouldBeUnverifiable(other.Sign(Document()));
    }

    [Fact]
    public void While_one_root_follows_the_other_keys_of_both_hold()
    {
        using var next = new Authority();
        var both = new LicenseVerifier([.. authority.Roots, .. next.Roots]);
        foreach (var signer in new[] { authority, next })
            both.Verify(signer.Sign(Document()), Install).Fault.ShouldBeNull();
    }

    [Fact]
    public void A_signer_on_a_smaller_curve_is_refused()
    {
        using var small = new Authority(leafCurve: ECCurve.NamedCurves.nistP256);
        ShouldBeUnverifiable(small.Sign(Document()), small);
    }

    [Fact]
    public void A_signer_that_is_an_authority_is_refused()
    {
        using var wrong = new Authority(leafIsAuthority: true);
        ShouldBeUnverifiable(wrong.Sign(Document()), wrong);
    }

    [Fact]
    public void A_certificate_for_another_purpose_is_refused()
    {
        using var wrong = new Authority(leafSigns: false);
        ShouldBeUnverifiable(wrong.Sign(Document()), wrong);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a.b.c")]
    [InlineData("e30.e30.e30")]
    [InlineData("bnVsbA.bnVsbA.bnVsbA")]
    public void What_is_no_key_is_refused(string key) => ShouldBeUnverifiable(key);

    static LicenseDocument Document() => new()
    {
        Audience = LicenseAudience.Of(Install),
        IssuedAt = Authority.Now.ToUnixTimeSeconds(),
        ExpiresAt = Authority.Now.AddYears(1).ToUnixTimeSeconds(),
        Id = Guid.NewGuid(),
        Name = "Head office",
        InternalUsers = 100,
        ExternalUsers = 20,
        Flags = [LicenseFlag.NonProduction],
    };

    Result<LicenseDocument> Verify(string key) => new LicenseVerifier(authority.Roots).Verify(key, Install);

    void ShouldBeUnverifiable(string key, Authority? trusted = null) =>
        new LicenseVerifier((trusted ?? authority).Roots).Verify(key, Install).Fault!.Message.ShouldContain("Unable to verify license");
}
