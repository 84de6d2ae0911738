using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Win32.SafeHandles;

namespace Postern.Directory.Places;

/// <summary>Typed values of an MMDB file, from where its data section begins. Bytes and numbers of 128 bits, which nothing here needs, read as nothing.</summary>
sealed class MmdbValues(SafeFileHandle file, long start)
{
    const int MostDepth = 64;
    const int MostBytes = 1024 * 1024;

    /// <summary>The value at an offset. Throws <see cref="InvalidDataException"/> for a damaged file.</summary>
    public JsonNode? At(long offset)
    {
        var position = start + offset;
        var budget = MostBytes;
        return Read(ref position, ref budget, MostDepth);
    }

    public static void Fill(SafeFileHandle file, Span<byte> into, long offset)
    {
        for (var done = 0; done < into.Length;)
        {
            var read = RandomAccess.Read(file, into[done..], offset + done);
            if (read == 0)
                throw new InvalidDataException("The MMDB file ends too early.");
            done += read;
        }
    }

    JsonNode? Read(ref long position, ref int budget, int depth)
    {
        // A damaged file may point in circles.
        if (depth == 0)
            throw new InvalidDataException("The values of the MMDB file are nested too deeply.");
        var control = Take(ref position, ref budget, 1)[0];
        var type = control >> 5;
        if (type == 1)
        {
            var target = start + Pointer(control, ref position, ref budget);
            return Read(ref target, ref budget, depth - 1);
        }
        if (type == 0)
            type = Take(ref position, ref budget, 1)[0] + 7;
        var size = Size(control & 0x1F, ref position, ref budget);
        switch (type)
        {
            case 2:
                return Encoding.UTF8.GetString(Take(ref position, ref budget, size));
            case 3 when size == 8:
                return BinaryPrimitives.ReadDoubleBigEndian(Take(ref position, ref budget, 8));
            case 15 when size == 4:
                return (double)BinaryPrimitives.ReadSingleBigEndian(Take(ref position, ref budget, 4));
            case 5 or 6 or 9 when size <= 8:
                return Unsigned(Take(ref position, ref budget, size));
            case 8 when size <= 4:
                return (int)(uint)Unsigned(Take(ref position, ref budget, size));
            case 14:
                return size == 1;
            case 7:
                return Map(size, ref position, ref budget, depth);
            case 11:
                return List(size, ref position, ref budget, depth);
            default:
                Take(ref position, ref budget, size);
                return null;
        }
    }

    JsonObject Map(int size, ref long position, ref int budget, int depth)
    {
        var map = new JsonObject();
        for (var i = 0; i < size; i++)
        {
            var name = Read(ref position, ref budget, depth - 1)?.ToString() ?? throw new InvalidDataException("A name in the MMDB file is no text.");
            map[name] = Read(ref position, ref budget, depth - 1);
        }
        return map;
    }

    JsonArray List(int size, ref long position, ref int budget, int depth)
    {
        var list = new JsonArray();
        for (var i = 0; i < size; i++)
            list.Add(Read(ref position, ref budget, depth - 1));
        return list;
    }

    long Pointer(int control, ref long position, ref int budget)
    {
        var bits = control & 7;
        return (control >> 3 & 3) switch
        {
            0 => bits << 8 | Take(ref position, ref budget, 1)[0],
            1 => 2048 + ((uint)bits << 16 | (uint)Unsigned(Take(ref position, ref budget, 2))),
            2 => 526336 + ((uint)bits << 24 | (uint)Unsigned(Take(ref position, ref budget, 3))),
            _ => (long)Unsigned(Take(ref position, ref budget, 4)),
        };
    }

    int Size(int bits, ref long position, ref int budget) => bits switch
    {
        29 => 29 + Take(ref position, ref budget, 1)[0],
        30 => 285 + (int)Unsigned(Take(ref position, ref budget, 2)),
        31 => 65821 + (int)Unsigned(Take(ref position, ref budget, 3)),
        _ => bits,
    };

    byte[] Take(ref long position, ref int budget, int count)
    {
        if ((budget -= count) < 0)
            throw new InvalidDataException("A value of the MMDB file is too large.");
        var bytes = new byte[count];
        Fill(file, bytes, position);
        position += count;
        return bytes;
    }

    static ulong Unsigned(ReadOnlySpan<byte> bytes)
    {
        var number = 0UL;
        foreach (var b in bytes)
            number = number << 8 | b;
        return number;
    }
}
