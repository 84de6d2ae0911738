using System.Text;

namespace Postern.Tests.Property.Parsers;

/// <summary>Breaks good input in the ways input is broken: bits, pieces, repetition, pieces of others, and texts that mean something to somebody.</summary>
sealed class Mutation(int seed, IReadOnlyList<byte[]> corpus)
{
    const int Longest = 200_000;

    static readonly byte[][] Tokens =
    [
        .. new[]
        {
            "\0", "\"", "'", "\\", "\r\n", "{", "}", "[", "]", "<", ">", "%", "%00", "%ff", "&", "=", ";", "..", "//", "null", "true", "-1", "0", "1e999", "NaN", "9223372036854775808", "\u202e", "\ud83d\ude00",
            "\ufeff", "{\"a\":1,\"a\":2}", "eyJhbGciOiJub25lIn0", ".", "!Find", "&a", "*a", "<<:", "t=1", "v1=", "=cmd|' /C calc'!A0", "((((((((", "$ne", "__proto__", "\u2028",
        }.Select(Encoding.UTF8.GetBytes),
        [0xff], [0x9f, 0xff], [0xbf], [0x5b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], [0xbb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0x80, 0x00, 0x00, 0x00],
    ];

    readonly Random random = new(seed);

    public byte[] Next()
    {
        var bytes = new List<byte>(corpus[random.Next(corpus.Count)]);
        for (var i = random.Next(1, 6); i > 0; i--)
            Break(bytes);
        return [.. bytes.Take(Longest)];
    }

    void Break(List<byte> bytes)
    {
        var at = random.Next(bytes.Count + 1);
        var length = Math.Min(random.Next(1, 40), bytes.Count - at);
        switch (random.Next(8))
        {
            case 0 when length > 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
            case 1 when length > 0: bytes[at] = (byte)random.Next(256); break;
            case 2: bytes.RemoveRange(at, length); break;
            case 3: bytes.InsertRange(at, Tokens[random.Next(Tokens.Length)]); break;
            case 4: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
            case 5: bytes.InsertRange(at, Enumerable.Repeat(Tokens[random.Next(Tokens.Length)], random.Next(2, 3_000)).SelectMany(t => t).Take(Longest)); break;
            case 6: bytes.RemoveRange(at, bytes.Count - at); break;
            default:
                var other = corpus[random.Next(corpus.Count)];
                bytes.InsertRange(at, other.Skip(random.Next(other.Length + 1)));
                break;
        }
    }
}
