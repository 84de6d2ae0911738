using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Postern.Kernel.Settings;

namespace Postern.Directory.Places;

/// <summary>Where in the world, and in whose network, an address is, as far as the configured databases know.</summary>
public sealed class PlaceLookup(PosternSettings settings, TimeProvider clock, ILogger<PlaceLookup> log) : IDisposable
{
    readonly WatchedDatabase places = new(settings.PlaceDatabase, clock, log);
    readonly WatchedDatabase networks = new(settings.NetworkDatabase, clock, log);

    public bool KnowsPlaces => settings.PlaceDatabase is not null;

    public bool KnowsNetworks => settings.NetworkDatabase is not null;

    /// <summary><c>continent</c>, <c>country</c> (codes), <c>lat</c>, <c>long</c> and <c>city</c>; null for an unknown address.</summary>
    public JsonObject? PlaceOf(IPAddress? address) => places.Find(address) is not { } found ? null : new JsonObject
    {
        ["continent"] = Text(found.Value["continent"]?["code"]),
        ["country"] = Text(found.Value["country"]?["iso_code"]),
        ["lat"] = found.Value["location"]?["latitude"]?.DeepClone(),
        ["long"] = found.Value["location"]?["longitude"]?.DeepClone(),
        ["city"] = Text(found.Value["city"]?["names"]?["en"]),
    };

    /// <summary><c>asn</c>, <c>as_org</c> and <c>network</c>; null for an unknown address.</summary>
    public JsonObject? NetworkOf(IPAddress? address) => networks.Find(address) is not { } found ? null : new JsonObject
    {
        ["asn"] = found.Value["autonomous_system_number"]?.DeepClone(),
        ["as_org"] = Text(found.Value["autonomous_system_organization"]),
        ["network"] = found.Network.ToString(),
    };

    public void Dispose()
    {
        places.Dispose();
        networks.Dispose();
    }

    static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
