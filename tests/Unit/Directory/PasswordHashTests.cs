using Postern.Directory.Passwords;

namespace Postern.Tests.Unit.Directory;

public sealed class PasswordHashTests
{
    // Made with CPython's hashlib.pbkdf2_hmac, which is what Django's hashers call.
    const string Sha256 = "pbkdf2_sha256$1000$seasalt$JgZryXe2Ga8ysg6XbzkLpTdyPQrHqsinbL9BnnhgX4A=";
    const string Sha1 = "pbkdf2_sha1$1000$seasalt$ljleU4wBmTtz/MoG5YTwxpM0d7I=";

    [Fact]
    public void Encodes_and_verifies()
    {
        var encoded = PasswordHash.Encode("correct horse", 500);

        encoded.ShouldStartWith("pbkdf2_sha256$500$");
        PasswordHash.Verify("correct horse", encoded).ShouldBeTrue();
        PasswordHash.Verify("correct horsE", encoded).ShouldBeFalse();
        PasswordHash.Encode("correct horse", 500).ShouldNotBe(encoded, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(Sha256)]
    [InlineData(Sha1)]
    public void Verifies_what_the_reference_stored(string encoded) => PasswordHash.Verify("lètmein", encoded).ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("!")]
    [InlineData("!abcdef")]
    [InlineData("plain")]
    [InlineData("md5$salt$hash")]
    [InlineData("pbkdf2_sha256$0$salt$Y+dVSqI7jPSBVyhdnUJyn5bcgc+0+CfDAPNxVfBwM5s=")]
    [InlineData("pbkdf2_sha256$-1$salt$Y+dVSqI7jPSBVyhdnUJyn5bcgc+0+CfDAPNxVfBwM5s=")]
    [InlineData("pbkdf2_sha256$10$$Y+dVSqI7jPSBVyhdnUJyn5bcgc+0+CfDAPNxVfBwM5s=")]
    [InlineData("pbkdf2_sha256$10$salt$")]
    [InlineData("pbkdf2_sha256$10$salt$AAAA")]
    [InlineData("pbkdf2_sha256$10$salt$not base64!")]
    public void No_password_fits_what_is_no_hash(string encoded)
    {
        PasswordHash.IsKnown(encoded).ShouldBeFalse();
        PasswordHash.Verify("", encoded).ShouldBeFalse();
    }

    [Fact]
    public void Unusable_forms_are_unusable_and_differ()
    {
        PasswordHash.IsUsable(PasswordHash.Unusable()).ShouldBeFalse();
        PasswordHash.Unusable().ShouldNotBe(PasswordHash.Unusable(), StringComparer.Ordinal);
        PasswordHash.IsUsable(Sha256).ShouldBeTrue();
    }

    [Fact]
    public void Another_work_factor_or_algorithm_is_dated()
    {
        PasswordHash.IsDated(Sha256, 1000).ShouldBeFalse();
        PasswordHash.IsDated(Sha256, 2000).ShouldBeTrue();
        PasswordHash.IsDated(Sha1, 1000).ShouldBeTrue();
    }
}
