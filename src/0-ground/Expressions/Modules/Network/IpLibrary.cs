using System.Numerics;

namespace Postern.Expressions;

/// <summary>The module `ipaddress`.</summary>
internal static class IpLibrary
{
    public static readonly ScriptType AddressError = new("AddressValueError", ExceptionTypes.ValueError) { Module = "ipaddress" };
    public static readonly ScriptType MaskError = new("NetmaskValueError", ExceptionTypes.ValueError) { Module = "ipaddress" };

    public static HostModule Build() => new HostModule("ipaddress")
        .Set("IPv4Address", IpAddressValue.Version4)
        .Set("IPv6Address", IpAddressValue.Version6)
        .Set("IPv4Network", IpNetworkValue.Version4)
        .Set("IPv6Network", IpNetworkValue.Version6)
        .Set("AddressValueError", AddressError)
        .Set("NetmaskValueError", MaskError)
        .Def("ip_address", "address", (_, a) => Address(a[0], null))
        .Def("ip_network", "address, strict=True", (_, a) => Network(a[0], Truth.Of(a[1])));

    public static IpAddressValue Address(object? value, int? version)
    {
        switch (value)
        {
            case IpAddressValue ip when version is null || ip.Version == version:
                return ip;
            case string text when IpAddressValue.Parse(text) is { } parsed && (version is null || parsed.Version == version):
                return parsed;
            case long or BigInteger when Numbers.TryBig(value, out var number):
                return IpAddressValue.FromNumber(number, version ?? (number < BigInteger.One << 32 ? 4 : 6));
            case ScriptBytes { Count: 4 or 16 } bytes:
                return new IpAddressValue(new System.Net.IPAddress(bytes.Span));
        }

        if (version is null)
            throw TypeTable.ValueError($"{Representation.Of(value)} does not appear to be an IPv4 or IPv6 address");
        throw new ScriptException(AddressError, $"{(version == 4 ? "Expected 4 octets in" : "At least 3 parts expected in")} {Representation.Of(value)}");
    }

    public static IpNetworkValue Network(object? value, bool strict)
    {
        switch (value)
        {
            case IpNetworkValue network:
                return network;
            case IpAddressValue ip:
                return new IpNetworkValue(ip, ip.Bits);
            case ScriptTuple { Count: 2 } pair:
                return Network($"{Representation.Text(pair[0])}/{Representation.Text(pair[1])}", strict);
            case long or BigInteger:
                var address = Address(value, null);
                return new IpNetworkValue(address, address.Bits);
            case string text when IpNetworkValue.Parse(text, strict) is { } parsed:
                return parsed;
            default:
                throw TypeTable.ValueError($"{Representation.Of(value)} does not appear to be an IPv4 or IPv6 network");
        }
    }
}
