using System.Collections.Concurrent;
using System.Numerics;

namespace Postern.Expressions;

/// <summary>ipaddress.IPv4Network and IPv6Network.</summary>
internal sealed class IpNetworkValue(IpAddressValue first, int prefix) : NativeObject
{
    public static readonly ScriptType Version4 = IpMembers.Network("IPv4Network");
    public static readonly ScriptType Version6 = IpMembers.Network("IPv6Network");

    private static readonly ConcurrentDictionary<string, IpNetworkValue> KnownNetworks = new(StringComparer.Ordinal);

    public IpAddressValue First { get; } = first;

    public int Prefix { get; } = prefix;

    public BigInteger Size => BigInteger.One << (First.Bits - Prefix);

    public IpAddressValue Last => IpAddressValue.FromNumber(First.Number + Size - 1, First.Version);

    public IpAddressValue Mask => IpAddressValue.FromNumber((BigInteger.One << First.Bits) - Size, First.Version);

    protected internal override ScriptType Type => First.Version == 4 ? Version4 : Version6;

    /// <summary>A network written in this library's own tables.</summary>
    public static IpNetworkValue Known(string text) => KnownNetworks.GetOrAdd(text, static t => Parse(t, strict: true)!);

    /// <summary>Reads `address`, `address/prefix` or `address/mask`; null when it is none of them.</summary>
    public static IpNetworkValue? Parse(string text, bool strict)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (IpAddressValue.Parse(slash < 0 ? text : text[..slash]) is not { } address)
            return null;
        var prefix = slash < 0 ? address.Bits : ReadPrefix(text[(slash + 1)..], address);
        if (prefix < 0 || prefix > address.Bits)
            return null;
        return Of(address, prefix, strict, text);
    }

    public static IpNetworkValue Of(IpAddressValue address, int prefix, bool strict, string text)
    {
        var size = BigInteger.One << (address.Bits - prefix);
        var start = address.Number - (address.Number % size);
        if (strict && start != address.Number)
            throw TypeTable.ValueError($"{text} has host bits set");
        return new IpNetworkValue(IpAddressValue.FromNumber(start, address.Version), prefix);
    }

    private static int ReadPrefix(string text, IpAddressValue address)
    {
        if (text.Length is >= 1 and <= 3 && text.All(char.IsAsciiDigit))
            return int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        if (address.Version == 6 || IpAddressValue.Parse(text) is not { Version: 4 } mask)
            return -1;
        // A mask of leading ones, or a host mask of trailing ones.
        var number = (uint)mask.Number;
        var ones = BitOperations.LeadingZeroCount(~number);
        if (ones == 32 || number << ones == 0)
            return ones;
        var zeros = BitOperations.LeadingZeroCount(number);
        return ~number >> (32 - zeros) << (32 - zeros) == ~number ? zeros : -1;
    }

    public bool Holds(IpAddressValue address) =>
        address.Version == First.Version && address.Number >= First.Number && address.Number < First.Number + Size;

    public bool Overlaps(IpNetworkValue other) => Holds(other.First) || Holds(other.Last) || other.Holds(First);

    public bool IsSubnetOf(IpNetworkValue other) => other.Holds(First) && other.Holds(Last);

    protected internal override bool? Contains(object? item) => item is IpAddressValue address && Holds(address);

    protected internal override bool HasItems => true;

    protected internal override bool TryGetItem(object? key, out object? value)
    {
        var index = Numbers.ToIndex(key);
        var place = index < 0 ? Size + index : index;
        if (place.Sign < 0 || place >= Size)
            throw new ScriptException(ExceptionTypes.IndexError, "address out of range");
        value = IpAddressValue.FromNumber(First.Number + place, First.Version);
        return true;
    }

    protected internal override IEnumerable<object?> Iterate() => Addresses(First.Number, First.Number + Size - 1);

    public IEnumerable<object?> Hosts()
    {
        if (Prefix >= First.Bits - 1)
            return Iterate();
        return Addresses(First.Number + 1, First.Number + Size - (First.Version == 4 ? 2 : 1));
    }

    private IEnumerable<object?> Addresses(BigInteger from, BigInteger to)
    {
        for (var number = from; number <= to; number++)
            yield return IpAddressValue.FromNumber(number, First.Version);
    }

    public IEnumerable<object?> Subnets(int newPrefix)
    {
        if (newPrefix < Prefix)
            throw TypeTable.ValueError("new prefix must be longer");
        if (newPrefix > First.Bits)
            throw TypeTable.ValueError($"prefix length diff {newPrefix - Prefix} is invalid for netblock {ToText()}");
        return Blocks(newPrefix);
    }

    private IEnumerable<object?> Blocks(int newPrefix)
    {
        var step = BigInteger.One << (First.Bits - newPrefix);
        for (var number = First.Number; number < First.Number + Size; number += step)
            yield return new IpNetworkValue(IpAddressValue.FromNumber(number, First.Version), newPrefix);
    }

    protected internal override bool IsEqualTo(object? other) => other is IpNetworkValue net && net.Prefix == Prefix && net.First.IsEqualTo(First);

    protected internal override int HashOf() => HashCode.Combine(First.HashOf(), Prefix);

    protected internal override int? CompareTo(object? other)
    {
        if (other is not IpNetworkValue net)
            return null;
        return First.CompareTo(net.First) is 0 ? Prefix.CompareTo(net.Prefix) : First.CompareTo(net.First);
    }

    protected internal override string Represent() => $"{Type.Name}('{ToText()}')";

    protected internal override string ToText() => $"{First.ToText()}/{Prefix}";
}
