namespace Postern.Directory.Sessions;

/// <summary>What a change of network ends a session for.</summary>
public enum NetworkBinding
{
    NoBinding,
    BindAsn,
    BindAsnNetwork,
    BindAsnNetworkIp,
}

/// <summary>What a change of place ends a session for.</summary>
public enum GeoIpBinding
{
    NoBinding,
    BindContinent,
    BindContinentCountry,
    BindContinentCountryCity,
}
