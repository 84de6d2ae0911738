using System.Text.Json;
using Postern.Blueprints.Resolving;
using Postern.Kernel.Access;
using Postern.Storage.Kinds;

namespace Postern.Blueprints.Importing;

/// <summary>Checks that the caller may add, change and delete objects of every model a blueprint names, before anything is tried.</summary>
internal sealed class CheckModels(KindRegistry kinds, IAccess access)
{
    /// <summary>The refusals by entry: its id, else its path.</summary>
    public async Task<Dictionary<string, string>> ExecuteAsync(Blueprint blueprint, BlueprintResolver resolver, Caller caller, CancellationToken cancellation)
    {
        var denied = new Dictionary<string, string>(StringComparer.Ordinal);
        if (caller.IsSystem)
            return denied;
        var verdicts = new Dictionary<string, bool>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in blueprint.Entries)
        {
            var resolved = await resolver.ResolveAsync(entry.Model, entry, cancellation);
            if (resolved.Value?.GetValueKind() != JsonValueKind.String)
                continue;
            var model = resolved.Value.GetValue<string>();
            if (!verdicts.TryGetValue(model, out var isAllowed))
                verdicts[model] = isAllowed = await MayManageAsync(model, caller, cancellation);
            if (!isAllowed)
                denied[entry.Id ?? entry.Place.Path] = $"User lacks permission to create {model}";
        }

        return denied;
    }

    // Models that do not exist are refused later, entry by entry.
    async ValueTask<bool> MayManageAsync(string model, Caller caller, CancellationToken cancellation)
    {
        var kind = MetaApplyBlueprint.IsNamed(model) ? kinds.Find(Instances.BlueprintInstanceKind.Name) : kinds.Find(model);
        if (kind is null)
            return true;
        foreach (var permission in new[] { kind.Add, kind.Change, kind.Delete })
        {
            if (await access.RefuseAsync(caller, permission, key: null, cancellation) is not null)
                return false;
        }

        return true;
    }
}
