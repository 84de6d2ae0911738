using System.Security.Cryptography;
using Postern.Directory.Passwords;

namespace Postern.Tests.Unit.Directory;

/// <summary>The short way to a hash beside the framework's.</summary>
public sealed class Pbkdf2Sha256Tests
{
    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(0, 22, 2)]
    [InlineData(1, 1, 3)]
    [InlineData(12, 22, 1000)]
    [InlineData(63, 64, 7)]
    [InlineData(64, 63, 7)]
    [InlineData(65, 65, 7)]
    [InlineData(1000, 1000, 50)]
    public void Gives_what_the_framework_gives(int passwordLength, int saltLength, int iterations)
    {
        Assert.SkipUnless(Pbkdf2Sha256.IsFast, "This system has no OpenSSL 3, or one that hides the function.");
        var (password, salt) = (RandomNumberGenerator.GetBytes(passwordLength), RandomNumberGenerator.GetBytes(saltLength));
        Pbkdf2Sha256.Short(password, salt, iterations).ShouldBe(Pbkdf2Sha256.Framework(password, salt, iterations));
    }

    // RFC 7914 section 11, the first half of the vector.
    [Fact]
    public void Gives_the_published_vector() =>
        Convert.ToHexStringLower(Pbkdf2Sha256.Derive("passwd"u8, "salt"u8, 1)).ShouldBe("55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc");
}
