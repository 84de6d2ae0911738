using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Postern.Api.Http;
using Postern.Policies.Bindings;
using Postern.Storage;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;

namespace Postern.Web.Admin;

/// <summary>What is bound to a target: a policy, a group or a user.</summary>
/// <param name="What">"Policy", "Group" or "User".</param>
/// <param name="Url">The page of what is bound.</param>
public sealed record BoundPolicy(string Pk, Guid Target, int Order, string What, string Name, string Url, bool Enabled, bool Negate)
{
    static readonly (string Field, string What, string Section)[] bindable =
        [("policy", "Policy", "customization/policies"), ("group", "Group", "directory/groups"), ("user", "User", "directory/users")];

    internal static BoundPolicy Of(JsonObject json)
    {
        var (field, what, section) = bindable.FirstOrDefault(b => json[b.Field] is not null, bindable[0]);
        var bound = json[$"{field}_obj"];
        return new(
            json["pk"]!.ToString(), Guid.Parse(json["target"]!.ToString()), json["order"]!.GetValue<int>(), what, bound?["name"]?.ToString() is { Length: > 0 } name ? name : bound?["username"]?.ToString() ?? "?",
            $"/if/admin/{section}/{json[field]}/", json["enabled"]!.GetValue<bool>(), json["negate"]!.GetValue<bool>());
    }
}

/// <summary>Reads what is bound to some targets, as far as the caller may see it.</summary>
sealed class BoundPolicies(ObjectQuery objects, PosternDb db, IServiceProvider services)
{
    public async Task<ILookup<Guid, BoundPolicy>> OfAsync(IEnumerable<Guid> targets, HttpContext http)
    {
        var request = new ListRequest { PageSize = 500, Ordering = "order", Filters = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["target_in"] = [string.Join(',', targets)] } };
        var page = await objects.ListAsync(PolicyBindingKind.Kind, http.Caller(), request, http.RequestAborted);
        var rendered = page.Fault is not null ? [] : await Rendered.PageAsync(PolicyBindingKind.Kind, page.Value.Items, new LoadContext(db, http.Caller(), services, http.RequestAborted));
        return rendered.Select(r => BoundPolicy.Of(r.ToNode())).ToLookup(b => b.Target);
    }
}
