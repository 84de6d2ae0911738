using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Postern.Events;
using Postern.Events.Recording;
using Postern.Storage;

namespace Postern.Directory.Sessions;

/// <summary>Ends sessions that turn up at another address than they are bound to. Networks and places are not known here, so that any other address breaks those bindings too.</summary>
static class SessionBinding
{
    /// <summary>The reference's name of the reason; null while the binding holds.</summary>
    public static string? Broken(FoundSession session, IPAddress? address)
    {
        if (session.Bound is SessionBound.Nothing || session.LastIp is not { } last || Same(last, address))
            return null;
        return session.Bound switch
        {
            SessionBound.Address => "network.ip",
            SessionBound.Place => "geoip.missing",
            _ => "network.missing",
        };
    }

    /// <summary>Deletes the session and writes the event <c>logout</c> with the reason.</summary>
    public static async Task EndAsync(HttpContext http, FoundSession session, string reason, CancellationToken cancellation)
    {
        var db = http.RequestServices.GetRequiredService<PosternDb>();
        var nobody = FindCaller.Nobody(http);
        await db.Set<Session>().Where(s => s.Uuid == session.Uuid).ExecuteDeleteAsync(cancellation);
        var actor = session.User is { } user ? EventActor.Of(user.Caller) : null;
        var context = new JsonObject
        {
            ["logout_reason"] = "Session binding broken",
            ["binding"] = new JsonObject { ["reason"] = reason, ["previous_value"] = session.LastIp?.ToString(), ["new_value"] = nobody.ClientIp?.ToString() },
            ["ip"] = new JsonObject { ["previous"] = session.LastIp?.ToString(), ["new"] = nobody.ClientIp?.ToString() },
        };
        await http.RequestServices.GetRequiredService<RecordEvent>().SaveAsync(nobody, EventAction.Logout, "authentik_core", context, actor, cancellation);
    }

    static bool Same(IPAddress a, IPAddress? b) => b is not null && Plain(a).Equals(Plain(b));

    static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
