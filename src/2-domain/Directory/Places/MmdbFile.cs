using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.Win32.SafeHandles;

namespace Postern.Directory.Places;

/// <summary>
/// A database of networks in the open MMDB format, version 2 (maxmind.github.io/MaxMind-DB): a binary tree over the bits of addresses, whose leaves point into a section of typed values.
/// Only what a look-up needs is read from the file.
/// </summary>
public sealed class MmdbFile : IDisposable
{
    const int MostMetadata = 128 * 1024;
    const int Separator = 16;

    static ReadOnlySpan<byte> Marker => [0xAB, 0xCD, 0xEF, (byte)'M', (byte)'a', (byte)'x', (byte)'M', (byte)'i', (byte)'n', (byte)'d', (byte)'.', (byte)'c', (byte)'o', (byte)'m'];

    readonly SafeFileHandle file;
    readonly MmdbValues values;
    readonly uint nodes;
    readonly int recordBits;
    readonly bool hasIpv6;

    /// <summary>Opens a file. Throws <see cref="InvalidDataException"/> for one of another format, and what the file system throws.</summary>
    public MmdbFile(string path)
    {
        file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            var metadata = ReadMetadata();
            nodes = Number(metadata, "node_count");
            recordBits = (int)Number(metadata, "record_size");
            hasIpv6 = Number(metadata, "ip_version") == 6;
            if (Number(metadata, "binary_format_major_version") != 2 || recordBits is not (24 or 28 or 32))
                throw new InvalidDataException("This version of the MMDB format is not known.");
            values = new MmdbValues(file, TreeBytes + Separator);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    long TreeBytes => nodes * (long)recordBits / 4;

    /// <summary>What is known of an address, and the network it was found under; null for nothing.</summary>
    public (JsonObject Value, IPNetwork Network)? Find(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        var bits = address.GetAddressBytes();
        var isIpv4 = address.AddressFamily is AddressFamily.InterNetwork;
        if (!isIpv4 && !hasIpv6)
            return null;
        uint node = 0;
        // Addresses of the old kind stand under ::/96.
        for (var i = 0; isIpv4 && hasIpv6 && i < 96 && node < nodes; i++)
            node = Record(node, right: false);
        var depth = 0;
        for (; depth < bits.Length * 8 && node < nodes; depth++)
            node = Record(node, (bits[depth / 8] >> (7 - (depth % 8)) & 1) == 1);
        return node <= nodes || values.At(node - nodes - Separator) is not JsonObject value ? null : (value, Network(bits, depth));
    }

    public void Dispose() => file.Dispose();

    static IPNetwork Network(byte[] bits, int length)
    {
        for (var i = length; i < bits.Length * 8; i++)
            bits[i / 8] &= (byte)~(1 << (7 - (i % 8)));
        return new IPNetwork(new IPAddress(bits), length);
    }

    uint Record(uint node, bool right)
    {
        Span<byte> pair = stackalloc byte[recordBits / 4];
        MmdbValues.Fill(file, pair, node * (long)pair.Length);
        return recordBits switch
        {
            24 => right ? (uint)(pair[3] << 16 | pair[4] << 8 | pair[5]) : (uint)(pair[0] << 16 | pair[1] << 8 | pair[2]),
            28 => right ? (uint)((pair[3] & 0x0F) << 24 | pair[4] << 16 | pair[5] << 8 | pair[6]) : (uint)((pair[3] & 0xF0) << 20 | pair[0] << 16 | pair[1] << 8 | pair[2]),
            _ => BinaryPrimitives.ReadUInt32BigEndian(right ? pair[4..] : pair),
        };
    }

    JsonObject ReadMetadata()
    {
        var length = RandomAccess.GetLength(file);
        var tail = new byte[Math.Min(length, MostMetadata)];
        MmdbValues.Fill(file, tail, length - tail.Length);
        var at = tail.AsSpan().LastIndexOf(Marker);
        if (at < 0)
            throw new InvalidDataException("This is no MMDB file.");
        return new MmdbValues(file, length - tail.Length + at + Marker.Length).At(0) as JsonObject ?? throw new InvalidDataException("The metadata of the MMDB file is no map.");
    }

    static uint Number(JsonObject metadata, string name) =>
        metadata[name] is JsonValue value && value.TryGetValue<ulong>(out var number) && number <= uint.MaxValue ? (uint)number : throw new InvalidDataException($"The MMDB file has no {name}.");
}
