using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Numerics;

namespace Postern.Expressions;

/// <summary>ipaddress.IPv4Address and IPv6Address.</summary>
internal sealed class IpAddressValue(IPAddress address) : NativeObject
{
    public static readonly ScriptType Version4 = IpMembers.Address("IPv4Address");
    public static readonly ScriptType Version6 = IpMembers.Address("IPv6Address");

    public IPAddress Address { get; } = address;

    public int Version => Address.AddressFamily == AddressFamily.InterNetwork ? 4 : 6;

    public int Bits => Version == 4 ? 32 : 128;

    public BigInteger Number => new(Address.GetAddressBytes(), isUnsigned: true, isBigEndian: true);

    protected internal override ScriptType Type => Version == 4 ? Version4 : Version6;

    public static IpAddressValue From(IPAddress address) => new(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    public static IpAddressValue FromNumber(BigInteger number, int version)
    {
        var bytes = new byte[version == 4 ? 4 : 16];
        if (number.Sign < 0 || number.GetByteCount(isUnsigned: true) > bytes.Length)
            throw new ScriptException(IpLibrary.AddressError, $"{number} (>= 2**{bytes.Length * 8}) is not permitted as an IPv{version} address");
        number.TryWriteBytes(bytes, out var written, isUnsigned: true, isBigEndian: true);
        // The number is right-aligned.
        if (written < bytes.Length)
        {
            var aligned = new byte[bytes.Length];
            bytes.AsSpan(0, written).CopyTo(aligned.AsSpan(bytes.Length - written));
            bytes = aligned;
        }

        return new IpAddressValue(new IPAddress(bytes));
    }

    /// <summary>Reads an address as strictly as Python does: no leading zeros, no short forms; null when it is none.</summary>
    public static IpAddressValue? Parse(string text)
    {
        if (text.Contains(':', StringComparison.Ordinal))
        {
            return text.AsSpan().ContainsAny("[]/ ") || !IPAddress.TryParse(text, out var six) || six.AddressFamily != AddressFamily.InterNetworkV6
                ? null
                : new IpAddressValue(six);
        }

        var parts = text.Split('.');
        if (parts.Length != 4 || !parts.All(p => p.Length is >= 1 and <= 3 && p.All(char.IsAsciiDigit) && (p.Length == 1 || p[0] != '0')))
            return null;
        var bytes = new byte[4];
        for (var i = 0; i < 4; i++)
        {
            if (!byte.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out bytes[i]))
                return null;
        }

        return new IpAddressValue(new IPAddress(bytes));
    }

    public bool IsIn(params ReadOnlySpan<string> networks)
    {
        foreach (var network in networks)
        {
            if (IpNetworkValue.Known(network).Holds(this))
                return true;
        }

        return false;
    }

    internal override bool TryOperate(BinaryOperator op, object? other, bool reflected, out object? result)
    {
        result = null;
        if (reflected || op is not (BinaryOperator.Add or BinaryOperator.Subtract) || !Numbers.TryBig(other, out var offset))
            return false;
        result = FromNumber(op is BinaryOperator.Add ? Number + offset : Number - offset, Version);
        return true;
    }

    protected internal override bool IsEqualTo(object? other) => other is IpAddressValue ip && ip.Version == Version && ip.Number == Number;

    protected internal override int HashOf() => Number.GetHashCode();

    protected internal override int? CompareTo(object? other)
    {
        if (other is not IpAddressValue ip)
            return null;
        return ip.Version == Version ? Number.CompareTo(ip.Number) : throw TypeTable.TypeError($"{ToText()} and {ip.ToText()} are not of the same version");
    }

    protected internal override string Represent() => $"{Type.Name}('{ToText()}')";

    protected internal override string ToText() => Address.ToString();
}
