using System.Numerics;

namespace Postern.Expressions;

/// <summary>Attributes and methods of the address and network types.</summary>
internal static class IpMembers
{
    private static IpAddressValue Ip(object value) => (IpAddressValue)value;

    private static IpNetworkValue Net(object value) => (IpNetworkValue)value;

    public static ScriptType Address(string name) => new ScriptType(name) { Module = "ipaddress" }
        .New("address", (_, a) => IpLibrary.Address(a[0], name.Contains('4', StringComparison.Ordinal) ? 4 : 6))
        .Getter("version", v => Boxed.Int(Ip(v).Version))
        .Getter("max_prefixlen", v => Boxed.Int(Ip(v).Bits))
        .Getter("packed", v => new ScriptBytes(Ip(v).Address.GetAddressBytes()))
        .Getter("compressed", v => Ip(v).ToText())
        .Getter("exploded", v => Exploded(Ip(v)))
        .Getter("reverse_pointer", v => ReversePointer(Ip(v)))
        .Getter("is_private", v => Boxed.Bool(IsPrivate(Ip(v))))
        .Getter("is_global", v => Boxed.Bool(IsGlobal(Ip(v))))
        .Getter("is_loopback", v => Boxed.Bool(Ip(v).IsIn("127.0.0.0/8", "::1/128")))
        .Getter("is_link_local", v => Boxed.Bool(Ip(v).IsIn("169.254.0.0/16", "fe80::/10")))
        .Getter("is_multicast", v => Boxed.Bool(Ip(v).IsIn("224.0.0.0/4", "ff00::/8")))
        .Getter("is_unspecified", v => Boxed.Bool(Ip(v).Number.IsZero))
        .Getter("is_reserved", v => Boxed.Bool(Ip(v).IsIn("240.0.0.0/4", "::/8", "100::/8", "200::/7", "400::/6", "800::/5", "1000::/4", "4000::/3", "6000::/3", "8000::/3", "a000::/3", "c000::/3", "e000::/4", "f000::/5", "f800::/6", "fe00::/9")))
        .Getter("is_site_local", v => Boxed.Bool(Ip(v).IsIn("fec0::/10")))
        .Getter("ipv4_mapped", v => Ip(v).Version == 6 && Ip(v).Address.IsIPv4MappedToIPv6 ? new IpAddressValue(Ip(v).Address.MapToIPv4()) : null);

    public static ScriptType Network(string name) => new ScriptType(name) { Module = "ipaddress" }
        .New("address, strict=True", (_, a) => IpLibrary.Network(a[0], Truth.Of(a[1])))
        .Getter("version", v => Boxed.Int(Net(v).First.Version))
        .Getter("max_prefixlen", v => Boxed.Int(Net(v).First.Bits))
        .Getter("prefixlen", v => Boxed.Int(Net(v).Prefix))
        .Getter("network_address", v => Net(v).First)
        .Getter("broadcast_address", v => Net(v).Last)
        .Getter("netmask", v => Net(v).Mask)
        .Getter("hostmask", v => IpAddressValue.FromNumber(Net(v).Size - 1, Net(v).First.Version))
        .Getter("num_addresses", v => Numbers.Normalise(Net(v).Size))
        .Getter("with_prefixlen", v => Net(v).ToText())
        .Getter("compressed", v => Net(v).ToText())
        .Getter("is_private", v => Boxed.Bool(IsPrivate(Net(v).First) && IsPrivate(Net(v).Last)))
        .Getter("is_global", v => Boxed.Bool(IsGlobal(Net(v).First) && IsGlobal(Net(v).Last)))
        .Getter("is_loopback", v => Boxed.Bool(Net(v).First.IsIn("127.0.0.0/8", "::1/128") && Net(v).Last.IsIn("127.0.0.0/8", "::1/128")))
        .Getter("is_link_local", v => Boxed.Bool(Net(v).First.IsIn("169.254.0.0/16", "fe80::/10") && Net(v).Last.IsIn("169.254.0.0/16", "fe80::/10")))
        .Getter("is_multicast", v => Boxed.Bool(Net(v).First.IsIn("224.0.0.0/4", "ff00::/8") && Net(v).Last.IsIn("224.0.0.0/4", "ff00::/8")))
        .Method("hosts", "", (_, a) => new SequenceIterator(IteratorTypes.Other, Net(a[0]!).Hosts()))
        .Method("subnets", "prefixlen_diff=1, new_prefix=None", (_, a) => new SequenceIterator(
            IteratorTypes.Other, Net(a[0]!).Subnets(a[2] is null ? Net(a[0]!).Prefix + Numbers.ToInt(a[1]) : Numbers.ToInt(a[2]))))
        .Method("supernet", "prefixlen_diff=1, new_prefix=None", (_, a) => Supernet(Net(a[0]!), a[2] is null ? Net(a[0]!).Prefix - Numbers.ToInt(a[1]) : Numbers.ToInt(a[2])))
        .Method("overlaps", "other", (_, a) => Boxed.Bool(Net(a[0]!).Overlaps(Other(a[1]))))
        .Method("subnet_of", "other", (_, a) => Boxed.Bool(Net(a[0]!).IsSubnetOf(Other(a[1]))))
        .Method("supernet_of", "other", (_, a) => Boxed.Bool(Other(a[1]).IsSubnetOf(Net(a[0]!))));

    private static IpNetworkValue Other(object? value) =>
        value as IpNetworkValue ?? throw TypeTable.TypeError($"{Representation.Of(value)} is not a network");

    private static IpNetworkValue Supernet(IpNetworkValue network, int prefix) => prefix >= 0 && prefix <= network.Prefix
        ? IpNetworkValue.Of(network.First, prefix, strict: false, network.ToText())
        : throw TypeTable.ValueError($"current prefixlen is {network.Prefix}, cannot have a prefixlen_diff of {network.Prefix - prefix}");

    // IANA special-purpose address registries, as Python reads them (RFC 6890 and its updates).
    private static bool IsPrivate(IpAddressValue ip) => ip.IsIn(
        "0.0.0.0/8", "10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/29", "192.0.0.170/31", "192.0.2.0/24", "192.168.0.0/16",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4", "255.255.255.255/32", "::1/128", "::/128", "::ffff:0:0/96", "100::/64",
        "2001::/23", "2001:2::/48", "2001:db8::/32", "2001:10::/28", "fc00::/7", "fe80::/10");

    private static bool IsGlobal(IpAddressValue ip) => !IsPrivate(ip) && !ip.IsIn("100.64.0.0/10");

    private static string Exploded(IpAddressValue ip)
    {
        if (ip.Version == 4)
            return ip.ToText();
        var hex = Convert.ToHexStringLower(ip.Address.GetAddressBytes());
        return string.Join(':', Enumerable.Range(0, 8).Select(i => hex.Substring(4 * i, 4)));
    }

    private static string ReversePointer(IpAddressValue ip)
    {
        if (ip.Version == 4)
            return string.Join('.', ip.ToText().Split('.').Reverse()) + ".in-addr.arpa";
        return string.Join('.', Exploded(ip).Replace(":", "", StringComparison.Ordinal).Reverse()) + ".ip6.arpa";
    }
}
