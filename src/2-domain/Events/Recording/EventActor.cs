using System.Text.Json.Nodes;
using Postern.Kernel.Access;

namespace Postern.Events.Recording;

/// <summary>The copy of a person that an event keeps, so that it stays readable when the person is gone.</summary>
public static class EventActor
{
    public static JsonObject Of(int pk, string username, string email) => new() { ["pk"] = pk, ["username"] = username, ["email"] = email };

    /// <summary>While impersonating, the administrator is the actor and the impersonated user stands in <c>on_behalf_of</c>.</summary>
    public static JsonObject Of(Caller caller)
    {
        if (caller.Impersonator is { } administrator)
        {
            var actor = Of(administrator);
            actor["on_behalf_of"] = Of(caller with { Impersonator = null });
            return actor;
        }
        return caller.Kind switch
        {
            CallerKind.User => Of(caller.UserPk ?? 0, caller.Username, caller.Email),
            CallerKind.Anonymous => new JsonObject { ["pk"] = caller.UserPk, ["username"] = caller.Username, ["email"] = "", ["is_anonymous"] = true },
            _ => new JsonObject { ["username"] = caller.Username },
        };
    }

    /// <summary>Somebody who acts before sign-in is complete: the person a flow has found, and who the request is authenticated as.</summary>
    public static JsonObject Pending(JsonObject pending, Caller caller)
    {
        if (caller.IsAuthenticated && pending["pk"]?.GetValue<int>() != caller.UserPk)
            pending["authenticated_as"] = Of(caller);
        return pending;
    }
}
