using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Postern.Directory.Places;
using Postern.Events;
using Postern.Events.Recording;
using Postern.Storage;

namespace Postern.Directory.Sessions;

/// <summary>Ends sessions that turn up in another network or place than they are bound to. Where that cannot be looked up, any other address breaks the binding.</summary>
static class SessionBinding
{
    /// <summary>What broke; null while the binding holds.</summary>
    public static BrokenBinding? Broken(FoundSession session, IPAddress? address, PlaceLookup lookup)
    {
        if (session.LastIp is not { } last || Same(last, address))
            return null;
        return BrokenNetwork(session.NetworkBinding, last, address, lookup) ?? BrokenPlace(session.PlaceBinding, last, address, lookup);
    }

    /// <summary>Deletes the session and writes the event <c>logout</c> with the reason.</summary>
    public static async Task EndAsync(HttpContext http, FoundSession session, BrokenBinding broken, CancellationToken cancellation)
    {
        var db = http.RequestServices.GetRequiredService<PosternDb>();
        var nobody = FindCaller.Nobody(http);
        await db.Set<Session>().Where(s => s.Uuid == session.Uuid).ExecuteDeleteAsync(cancellation);
        var actor = session.User is { } user ? EventActor.Of(user.Caller) : null;
        var context = new JsonObject
        {
            ["logout_reason"] = "Session binding broken",
            ["binding"] = new JsonObject { ["reason"] = broken.Reason, ["previous_value"] = broken.Previous, ["new_value"] = broken.Now },
            ["ip"] = new JsonObject { ["previous"] = session.LastIp?.ToString(), ["new"] = nobody.ClientIp?.ToString() },
        };
        await http.RequestServices.GetRequiredService<RecordEvent>().SaveAsync(nobody, EventAction.Logout, "authentik_core", context, actor, cancellation);
    }

    static BrokenBinding? BrokenNetwork(NetworkBinding binding, IPAddress last, IPAddress? address, PlaceLookup lookup)
    {
        switch (binding)
        {
            case NetworkBinding.NoBinding:
                return null;
            // The most that can be asked for needs no look-up.
            case NetworkBinding.BindAsnNetworkIp:
                return new("network.ip", last.ToString(), address?.ToString());
        }
        if (lookup.NetworkOf(last) is not { } before || lookup.NetworkOf(address) is not { } now)
            return new("network.missing", last.ToString(), address?.ToString());
        return Difference("network.asn", "asn", before, now)
            ?? (binding is NetworkBinding.BindAsnNetwork ? Difference("network.asn_network", "network", before, now) : null);
    }

    static BrokenBinding? BrokenPlace(GeoIpBinding binding, IPAddress last, IPAddress? address, PlaceLookup lookup)
    {
        if (binding is GeoIpBinding.NoBinding)
            return null;
        if (lookup.PlaceOf(last) is not { } before || lookup.PlaceOf(address) is not { } now)
            return new("geoip.missing", last.ToString(), address?.ToString());
        return Difference("geoip.continent", "continent", before, now)
            ?? (binding is not GeoIpBinding.BindContinent ? Difference("geoip.country", "country", before, now) : null)
            ?? (binding is GeoIpBinding.BindContinentCountryCity ? Difference("geoip.city", "city", before, now) : null);
    }

    static BrokenBinding? Difference(string reason, string member, JsonObject before, JsonObject now)
    {
        var (a, b) = (before[member]?.ToString(), now[member]?.ToString());
        return string.Equals(a, b, StringComparison.Ordinal) ? null : new(reason, a, b);
    }

    static bool Same(IPAddress a, IPAddress? b) => b is not null && Plain(a).Equals(Plain(b));

    static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}

/// <summary>Why a binding does not hold, by the reference's names: <c>network.asn</c>, <c>geoip.country</c>, ...</summary>
sealed record BrokenBinding(string Reason, string? Previous, string? Now);
