using System.Text;

namespace Postern.Tests.Property.Parsers;

/// <summary>Breaks good input in the ways input is broken: bits, pieces, repetition, pieces of others, and texts that mean something to somebody.</summary>
sealed class Mutation(ulong seed, IReadOnlyList<byte[]> corpus)
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

    ulong state = seed;

    public byte[] Next()
    {
        var bytes = new List<byte>(corpus[Below(corpus.Count)]);
        for (var i = 1 + Below(5); i > 0; i--)
            Break(bytes);
        return [.. bytes.Take(Longest)];
    }

    void Break(List<byte> bytes)
    {
        var at = Below(bytes.Count + 1);
        var length = Math.Min(1 + Below(39), bytes.Count - at);
        switch (Below(8))
        {
            case 0 when length > 0: bytes[at] ^= (byte)(1 << Below(8)); break;
            case 1 when length > 0: bytes[at] = (byte)Below(256); break;
            case 2: bytes.RemoveRange(at, length); break;
            case 3: bytes.InsertRange(at, Tokens[Below(Tokens.Length)]); break;
            case 4: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
            case 5: bytes.InsertRange(at, Enumerable.Repeat(Tokens[Below(Tokens.Length)], 2 + Below(3_000)).SelectMany(t => t).Take(Longest)); break;
            case 6: bytes.RemoveRange(at, bytes.Count - at); break;
            default:
                var other = corpus[Below(corpus.Count)];
                bytes.InsertRange(at, other.Skip(Below(other.Length + 1)));
                break;
        }
    }

    /// <summary>SplitMix64: the same seed gives the same input on every machine.</summary>
    int Below(int bound)
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return (int)((mixed ^ (mixed >> 31)) % (ulong)bound);
    }
}
