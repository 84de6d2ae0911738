using System.Security.Cryptography;

namespace Postern.Kernel.Values;

/// <summary>Unguessable texts for keys, tokens and codes.</summary>
public static class RandomText
{
    const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    /// <summary>Letters and digits, about 5.95 bits each.</summary>
    public static string Alphanumeric(int length) => RandomNumberGenerator.GetString(Letters, length);
}
