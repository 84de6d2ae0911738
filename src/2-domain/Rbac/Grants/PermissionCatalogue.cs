using System.Collections.Frozen;
using System.Text;
using Postern.Jobs.Looking;
using Postern.Storage.Kinds;

namespace Postern.Rbac.Grants;

/// <summary>A right that exists. Its number is derived from its name, so that every node and version agrees on it.</summary>
/// <param name="Id">Positive 31-bit number.</param>
/// <param name="App">First half of the kind's wire name.</param>
/// <param name="Model">Second half.</param>
/// <param name="Codename">The right, e.g. <c>view_user</c>.</param>
/// <param name="Label">For people.</param>
/// <param name="ModelLabel">The kind, for people.</param>
public sealed record CataloguePermission(int Id, string App, string Model, string Codename, string Label, string ModelLabel)
{
    /// <summary><c>app.codename</c>.</summary>
    public string Name { get; } = $"{App}.{Codename}";

    public string Kind { get; } = $"{App}.{Model}";
}

/// <summary>All rights: four of every kind, those it declares besides, and those on the installation.</summary>
public sealed class PermissionCatalogue
{
    readonly FrozenDictionary<string, CataloguePermission> byName;
    readonly FrozenDictionary<int, CataloguePermission> byId;

    public PermissionCatalogue(KindRegistry kinds)
    {
        All = [.. kinds.All.SelectMany(OfKind).Concat(OfSystem()).Concat(OfJobs()).OrderBy(p => p.App, StringComparer.Ordinal).ThenBy(p => p.Model, StringComparer.Ordinal).ThenBy(p => p.Codename, StringComparer.Ordinal)];
        byName = All.ToFrozenDictionary(p => p.Name, StringComparer.Ordinal);
        byId = All.ToFrozenDictionary(p => p.Id);
    }

    public IReadOnlyList<CataloguePermission> All { get; }

    public CataloguePermission? Find(string name) => byName.GetValueOrDefault(name);

    public CataloguePermission? Find(int id) => byId.GetValueOrDefault(id);

    static IEnumerable<CataloguePermission> OfKind(ModelKind kind)
    {
        foreach (var verb in kind.SystemRights is not null ? [] : new[] { "add", "change", "delete", "view" })
            yield return New(kind.App, kind.Model, $"{verb}_{kind.Model}", $"Can {verb} {kind.Label}", kind.Label);
        foreach (var (codename, label) in kind.ExtraPermissions)
            yield return New(kind.App, kind.Model, codename, label, kind.Label);
    }

    static IEnumerable<CataloguePermission> OfSystem() =>
        SystemPermission.All.Select(p => New(SystemPermission.App, SystemPermission.Model, p.Codename, p.Label, "System permission"));

    static IEnumerable<CataloguePermission> OfJobs() => JobPermissions.All.Select(p => New(p.Permission.App, p.Model, p.Permission.Codename, p.Label, p.ModelLabel));

    static CataloguePermission New(string app, string model, string codename, string label, string modelLabel) =>
        new(Number($"{app}.{model}.{codename}"), app, model, codename, label, modelLabel);

    // FNV-1a (RFC draft eastlake-fnv), folded to 31 bits. Two rights of one number would make the dictionary refuse to start.
    static int Number(string name)
    {
        var hash = 2166136261u;
        foreach (var b in Encoding.UTF8.GetBytes(name))
            hash = unchecked((hash ^ b) * 16777619);
        return (int)((hash >> 31) ^ (hash & 0x7fffffff));
    }
}
