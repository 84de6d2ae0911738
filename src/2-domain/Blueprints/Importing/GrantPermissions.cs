using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Blueprints.Nodes;
using Postern.Storage.Kinds;

namespace Postern.Blueprints.Importing;

/// <summary>Grants the object permissions an entry lists.</summary>
internal sealed class GrantPermissions(IEnumerable<IObjectGrants> grants)
{
    public async Task ExecuteAsync(EntryWork work, ModelKind kind, object entity, CancellationToken cancellation)
    {
        var resolved = await work.ResolveAsync(work.Entry.Permissions, cancellation);
        if (resolved.IsFailed || resolved.Value is null or JsonArray { Count: 0 })
            return;
        if (resolved.Value is not JsonArray list)
        {
            work.Fail(work.Entry.Permissions.Place, "`permissions` is a list of maps with `permission` and `user` or `role`.");
            return;
        }

        for (var i = 0; i < list.Count; i++)
            await GrantAsync(work, kind, entity, list[i], Place(work, i), cancellation);
    }

    async Task GrantAsync(EntryWork work, ModelKind kind, object entity, JsonNode? item, NodePlace place, CancellationToken cancellation)
    {
        if (item is not JsonObject map || map["permission"]?.GetValueKind() != JsonValueKind.String)
        {
            work.Fail(place, "A permission is a map with `permission` and `user` or `role`.");
            return;
        }

        var (user, role) = (User(map["user"]), Role(map["role"]));
        if (user is null == role is null)
        {
            work.Fail(place, "A permission names one `user` or one `role`, by primary key.");
            return;
        }

        if (grants.FirstOrDefault() is not { } door)
        {
            work.Fail(place, "Permissions on single objects are not part of this installation.");
            return;
        }

        var granted = await door.GrantAsync(work.Caller, kind, entity, map["permission"]!.GetValue<string>(), user, role, cancellation);
        if (granted.Fault is { } fault)
            work.Fail(place, fault.Message);
    }

    static int? User(JsonNode? value) => int.TryParse(value?.ToString(), System.Globalization.CultureInfo.InvariantCulture, out var pk) ? pk : null;

    static Guid? Role(JsonNode? value) => Guid.TryParse(value?.ToString(), out var pk) ? pk : null;

    static NodePlace Place(EntryWork work, int index) =>
        (work.Entry.Permissions as ListNode)?.Items.ElementAtOrDefault(index)?.Place ?? work.Entry.Permissions.Place;
}
