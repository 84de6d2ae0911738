using System.Text.Json.Nodes;
using Postern.Directory.Groups;
using Postern.Directory.Users;
using Postern.Expressions;
using Postern.Policies.Expressions.Models;

namespace Postern.Policies.Expressions.Objects;

/// <summary><c>user.group_attributes()</c>: attributes of the request's brand, of the user's groups by name, then the user's own, merged deeply.</summary>
static class MergeAttributes
{
    public static async ValueTask<object?> OfAsync(User user, HostCall call)
    {
        var run = ExpressionRun.Of(call);
        var merged = new JsonObject();
        if (call.Get(0, "request") is HttpRequestObject && await BrandAsync(run) is { } brand)
            Into(merged, brand);
        foreach (var group in await QueryRows.LoadAsync(UserModel.GroupsOf(user, run).OrderBy(["name"]), call.Cancellation))
            Into(merged, ((Group)group.Subject).Attributes);
        Into(merged, user.Attributes);
        return merged;
    }

    /// <summary>Adds the second object to the first: objects merge, everything else is replaced.</summary>
    internal static void Into(JsonObject target, JsonObject source)
    {
        foreach (var (key, value) in source)
        {
            if (value is JsonObject inner && target[key] is JsonObject known)
                Into(known, inner);
            else
                target[key] = value?.DeepClone();
        }
    }

    static async ValueTask<JsonObject?> BrandAsync(ExpressionRun run)
    {
        if (!run.Catalog.HttpMembers.TryGetValue("brand", out var member) || await member.Value(run) is not { } brand)
            return null;
        return run.Show(brand) is ModelObject shown && shown.Model.TryField("attributes", out var field) ? field.Get(shown.Subject) as JsonObject : null;
    }
}
