using System.Security.Cryptography;

namespace Postern.Kernel.Values;

/// <summary>Unguessable texts for keys, tokens and codes.</summary>
public static class RandomText
{
    const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    // Above the last whole multiple of the letters a byte is thrown away, so that every letter is as likely.
    const int Fair = 256 / 62 * 62;

    /// <summary>Letters and digits, about 5.95 bits each. The generator is asked for many bytes at a time: the framework asks it anew for every letter.</summary>
    public static string Alphanumeric(int length) => string.Create(length, 0, static (text, _) =>
    {
        Span<byte> random = stackalloc byte[160];
        for (var (at, next) = (0, random.Length); at < text.Length; next++)
        {
            if (next == random.Length)
            {
                RandomNumberGenerator.Fill(random);
                next = 0;
            }
            if (random[next] < Fair)
                text[at++] = Letters[random[next] % Letters.Length];
        }
    });
}
