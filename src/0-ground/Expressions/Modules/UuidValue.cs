using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Postern.Expressions;

/// <summary>uuid.UUID.</summary>
internal sealed class UuidValue(Guid value) : NativeObject
{
    public static readonly ScriptType UuidType = new ScriptType("UUID") { Module = "uuid" }
        .New("hex=None, *, bytes=None, int=None, version=None", (_, a) => Make(a))
        .Getter("hex", u => Self(u).Value.ToString("N"))
        .Getter("int", u => Self(u).ToInteger())
        .Getter("bytes", u => new ScriptBytes(Self(u).Value.ToByteArray(bigEndian: true)))
        .Getter("urn", u => "urn:uuid:" + Self(u).Value)
        .Getter("version", u => (Self(u).Value.Variant & 0xC) == 8 ? Boxed.Int(Self(u).Value.Version) : null);

    public Guid Value { get; } = value;

    protected internal override ScriptType Type => UuidType;

    private static UuidValue Self(object value) => (UuidValue)value;

    public object ToInteger() => Numbers.Normalise(new BigInteger(Value.ToByteArray(bigEndian: true), isUnsigned: true, isBigEndian: true));

    public static HostModule BuildModule()
    {
        var module = new HostModule("uuid").Set("UUID", UuidType)
            .Def("uuid1", "node=None, clock_seq=None", (_, _) => new UuidValue(Guid.NewGuid()))
            .Def("uuid4", "", (_, _) => new UuidValue(Guid.NewGuid()))
            .Def("uuid3", "namespace, name", (_, a) => new UuidValue(Named(a, 3)))
            .Def("uuid5", "namespace, name", (_, a) => new UuidValue(Named(a, 5)));
        foreach (var (name, last) in ((string, char)[])[("NAMESPACE_DNS", '0'), ("NAMESPACE_URL", '1'), ("NAMESPACE_OID", '2'), ("NAMESPACE_X500", '4')])
            module.Set(name, new UuidValue(Guid.Parse($"6ba7b81{last}-9dad-11d1-80b4-00c04fd430c8")));
        return module;
    }

    private static UuidValue Make(ReadOnlySpan<object?> a)
    {
        if (a[1] is ScriptBytes bytes)
            return bytes.Count == 16 ? new UuidValue(new Guid(bytes.Span, bigEndian: true)) : throw TypeTable.ValueError("bytes is not a 16-char string");
        if (Numbers.TryBig(a[2], out var number))
        {
            if (number.Sign < 0 || number.GetBitLength() > 128)
                throw TypeTable.ValueError("int is out of range (need a 128-bit value)");
            return Parse(number.ToString("x32", CultureInfo.InvariantCulture)[^32..]);
        }

        if (a[0] is null)
            throw TypeTable.TypeError("one of the hex, bytes, bytes_le, fields, or int arguments must be given");
        return Parse(TypeTable.Text(a[0], "replace"));
    }

    private static UuidValue Parse(string text)
    {
        var hex = text.Replace("urn:", "", StringComparison.Ordinal).Replace("uuid:", "", StringComparison.Ordinal).Trim('{', '}').Replace("-", "", StringComparison.Ordinal);
        return hex.Length == 32 && Guid.TryParseExact(hex, "N", out var guid)
            ? new UuidValue(guid)
            : throw TypeTable.ValueError(hex.Length == 32 ? $"invalid literal for int() with base 16: {Representation.Of(hex)}" : "badly formed hexadecimal UUID string");
    }

    // RFC 9562, name-based UUIDs of version 3 (MD5) and 5 (SHA-1).
    private static Guid Named(ReadOnlySpan<object?> a, int version)
    {
        var space = a[0] as UuidValue ?? throw TypeTable.TypeError("namespace must be a UUID");
        byte[] data = [.. space.Value.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(TypeTable.Text(a[1], "uuid", 2))];
        var hash = HashLibrary.Compute(version == 3 ? "md5" : "sha1", data);
        hash[6] = (byte)((hash[6] & 0x0F) | (version << 4));
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }

    protected internal override bool IsEqualTo(object? other) => other is UuidValue uuid && uuid.Value == Value;

    protected internal override int HashOf() => Value.GetHashCode();

    protected internal override int? CompareTo(object? other) => other is UuidValue uuid
        ? Value.ToByteArray(bigEndian: true).AsSpan().SequenceCompareTo(uuid.Value.ToByteArray(bigEndian: true))
        : null;

    protected internal override string Represent() => $"UUID('{Value}')";

    protected internal override string ToText() => Value.ToString();
}
