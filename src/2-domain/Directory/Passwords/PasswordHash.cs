using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Postern.Directory.Passwords;

/// <summary>
/// Passwords in Django's encoded form <c>algorithm$iterations$salt$hash</c>, so that hashes of a reference database verify unchanged.
/// PBKDF2 is RFC 8018 section 5.2.
/// </summary>
public static class PasswordHash
{
    const string Preferred = "pbkdf2_sha256";
    const int SaltLength = 22;

    /// <summary>Encoded form that no password fits.</summary>
    public static string Unusable() => "!" + Kernel.Values.RandomText.Alphanumeric(40);

    public static bool IsUsable(string encoded) => encoded.Length > 0 && encoded[0] != '!';

    /// <summary>Encodes a password. Costs CPU time in proportion to the iterations; a server asks <see cref="HashQueue"/> rather than this.</summary>
    public static string Encode(string password, int iterations)
    {
        var salt = Kernel.Values.RandomText.Alphanumeric(SaltLength);
        var hash = Derive(password, salt, iterations, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
        return string.Create(CultureInfo.InvariantCulture, $"{Preferred}${iterations}${salt}${Convert.ToBase64String(hash)}");
    }

    /// <summary>A hash that was made from no password: verifying against it costs the usual time and fails.</summary>
    internal static string Nobodys(int iterations) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Preferred}${iterations}${Kernel.Values.RandomText.Alphanumeric(SaltLength)}${Convert.ToBase64String(RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes))}");

    /// <summary>Whether the password fits; false for forms that are not known. Takes the same time whatever the password is.</summary>
    internal static bool Verify(string password, string encoded)
    {
        if (Parse(encoded) is not { } form)
            return false;
        var hash = Derive(password, form.Salt, form.Iterations, form.Algorithm, form.Hash.Length);
        return CryptographicOperations.FixedTimeEquals(hash, form.Hash);
    }

    /// <summary>Whether this is a form that passwords can be verified against.</summary>
    public static bool IsKnown(string encoded) => Parse(encoded) is not null;

    /// <summary>Whether a verified password should be encoded anew.</summary>
    internal static bool IsDated(string encoded, int iterations) =>
        Parse(encoded) is not { } form || form.Algorithm != HashAlgorithmName.SHA256 || form.Iterations != iterations;

    static byte[] Derive(string password, string salt, int iterations, HashAlgorithmName algorithm, int bytes)
    {
        var (secret, salted) = (Encoding.UTF8.GetBytes(password), Encoding.UTF8.GetBytes(salt));
        return algorithm == HashAlgorithmName.SHA256 ? Pbkdf2Sha256.Derive(secret, salted, iterations) : Rfc2898DeriveBytes.Pbkdf2(secret, salted, iterations, algorithm, bytes);
    }

    static Form? Parse(string encoded)
    {
        var parts = encoded.Split('$');
        if (parts.Length != 4 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var iterations) || iterations < 1 || parts[2].Length == 0)
            return null;
        (HashAlgorithmName Name, int Size)? algorithm = parts[0] switch
        {
            "pbkdf2_sha256" => (HashAlgorithmName.SHA256, SHA256.HashSizeInBytes),
            "pbkdf2_sha1" => (HashAlgorithmName.SHA1, SHA1.HashSizeInBytes),
            _ => null,
        };
        var hash = new byte[64];
        if (algorithm is not { } known || !Convert.TryFromBase64String(parts[3], hash, out var length) || length != known.Size)
            return null;
        return new Form(known.Name, iterations, parts[2], hash[..length]);
    }

    sealed record Form(HashAlgorithmName Algorithm, int Iterations, string Salt, byte[] Hash);
}
