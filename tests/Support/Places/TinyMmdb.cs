using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Postern.Tests.Support.Places;

/// <summary>Writes small databases in the MMDB format: what stands in <c>networks</c>, as a tree of the given record size.</summary>
public static class TinyMmdb
{
    /// <summary>An address whose network is known by <see cref="Cities"/> and <see cref="Networks"/>, and others that differ from it more and more.</summary>
    public const string Berlin = "203.0.113.7", BerlinToo = "203.0.113.99", Munich = "203.0.114.1", Paris = "198.51.100.1", Boston = "192.0.2.1", Nowhere = "10.0.0.1";

    public static byte[] Cities => Write(Tree(
        ("203.0.113.0/24", City("EU", "DE", "Berlin", 52.5, 13.4)), ("203.0.114.0/24", City("EU", "DE", "Munich", 48.1, 11.6)),
        ("198.51.100.0/24", City("EU", "FR", "Paris", 48.9, 2.4)), ("192.0.2.0/24", City("NA", "US", "Boston", 42.4, -71.1))));

    public static byte[] Networks => Write(Tree(
        ("203.0.113.0/24", Network(64500, "North")), ("203.0.114.0/24", Network(64500, "North")), ("198.51.100.0/24", Network(64501, "South")), ("192.0.2.0/24", Network(64502, "West"))));

    public static IReadOnlyList<(IPNetwork, JsonObject)> Tree(params (string Network, JsonObject Value)[] rows) => [.. rows.Select(r => (IPNetwork.Parse(r.Network), r.Value))];

    public static byte[] Write(IReadOnlyList<(IPNetwork Network, JsonObject Value)> rows, int recordBits = 28, int version = 6)
    {
        var nodes = new List<long[]> { new[] { -1L, -1L } };
        using var data = new MemoryStream();
        foreach (var (network, value) in rows)
        {
            var offset = data.Position;
            Value(data, value);
            var isOld = network.BaseAddress.AddressFamily is AddressFamily.InterNetwork;
            byte[] bits = version == 6 && isOld ? [.. new byte[12], .. network.BaseAddress.GetAddressBytes()] : network.BaseAddress.GetAddressBytes();
            Insert(nodes, bits, network.PrefixLength + (version == 6 && isOld ? 96 : 0), ~offset - 1);
        }
        using var file = new MemoryStream();
        foreach (var node in nodes)
            Record(file, Pointer(node[0], nodes.Count), Pointer(node[1], nodes.Count), recordBits);
        file.Write(new byte[16]);
        file.Write(data.ToArray());
        file.Write([0xAB, 0xCD, 0xEF, .. "MaxMind.com"u8]);
        Value(file, new JsonObject { ["node_count"] = nodes.Count, ["record_size"] = recordBits, ["ip_version"] = version, ["binary_format_major_version"] = 2, ["database_type"] = "Test" });
        return file.ToArray();
    }

    static JsonObject City(string continent, string country, string city, double latitude, double longitude) => new()
    {
        ["continent"] = new JsonObject { ["code"] = continent },
        ["country"] = new JsonObject { ["iso_code"] = country },
        ["city"] = new JsonObject { ["names"] = new JsonObject { ["en"] = city } },
        ["location"] = new JsonObject { ["latitude"] = latitude, ["longitude"] = longitude },
    };

    static JsonObject Network(int number, string organisation) => new() { ["autonomous_system_number"] = number, ["autonomous_system_organization"] = organisation };

    // Inner nodes are positive, values are negative below -1, -1 is nothing.
    static void Insert(List<long[]> nodes, byte[] bits, int length, long value)
    {
        var node = 0;
        for (var i = 0; ; i++)
        {
            var side = bits[i / 8] >> (7 - (i % 8)) & 1;
            if (i == length - 1)
            {
                nodes[node][side] = value;
                return;
            }
            if (nodes[node][side] < 0)
            {
                nodes.Add([-1, -1]);
                nodes[node][side] = nodes.Count - 1;
            }
            node = (int)nodes[node][side];
        }
    }

    static uint Pointer(long entry, int nodes) => (uint)(entry >= 0 ? entry : entry == -1 ? nodes : nodes + 16 + ~(entry + 1));

    static void Record(MemoryStream file, uint left, uint right, int bits)
    {
        Span<byte> pair = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32BigEndian(pair, left);
        BinaryPrimitives.WriteUInt32BigEndian(pair[4..], right);
        file.Write(bits switch
        {
            24 => [pair[1], pair[2], pair[3], pair[5], pair[6], pair[7]],
            28 => [pair[1], pair[2], pair[3], (byte)((pair[0] << 4) | pair[4]), pair[5], pair[6], pair[7]],
            _ => pair.ToArray(),
        });
    }

    static void Value(Stream to, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                Control(to, 7, map.Count);
                foreach (var (name, value) in map)
                {
                    Value(to, name);
                    Value(to, value);
                }
                break;
            case JsonArray list:
                Control(to, 11, list.Count);
                foreach (var item in list)
                    Value(to, item);
                break;
            case JsonValue value when value.GetValueKind() is JsonValueKind.String:
                var text = Encoding.UTF8.GetBytes(value.GetValue<string>());
                Control(to, 2, text.Length);
                to.Write(text);
                break;
            case JsonValue value when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False:
                Control(to, 14, value.GetValue<bool>() ? 1 : 0);
                break;
            case JsonValue value when value.TryGetValue<int>(out var number):
                Control(to, 6, 4);
                to.Write([(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number]);
                break;
            default:
                Control(to, 3, 8);
                Span<byte> bytes = stackalloc byte[8];
                BinaryPrimitives.WriteDoubleBigEndian(bytes, node!.GetValue<double>());
                to.Write(bytes);
                break;
        }
    }

    static void Control(Stream to, int type, int size)
    {
        var small = size < 29 ? size : size < 285 ? 29 : 30;
        to.WriteByte((byte)((type < 8 ? type << 5 : 0) | small));
        if (type >= 8)
            to.WriteByte((byte)(type - 7));
        if (small == 29)
            to.WriteByte((byte)(size - 29));
        if (small == 30)
            to.Write([(byte)((size - 285) >> 8), (byte)(size - 285)]);
    }
}
