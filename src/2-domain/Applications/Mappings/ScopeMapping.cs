using Postern.Storage.Kinds;

namespace Postern.Applications.Mappings;

/// <summary>What an application learns that was granted an OAuth2 scope.</summary>
public sealed class ScopeMapping : PropertyMapping
{
    /// <summary>Name of the scope, as applications ask for it.</summary>
    public string ScopeName { get; set; } = "";

    /// <summary>What people read when they are asked to agree; not mentioned to them where empty.</summary>
    public string Description { get; set; } = "";
}

/// <summary>The declaration of scope mappings.</summary>
public static class ScopeMappingKind
{
    public static readonly ModelKind<ScopeMapping> Kind = PropertyMappingKind.Declare<ScopeMapping>(
        "authentik_providers_oauth2.scopemapping", "provider/scope", "ak-property-mapping-provider-scope-form", "Scope Mapping", static k =>
        {
            k.Text("scope_name", m => m.ScopeName).Required().Rule(RefuseSpaces).Help("Scope that applications ask for.");
            k.Text("description", m => m.Description).Help("What people read when they are asked to agree. Left empty, they are not told.");
            k.Filters("scope_name");
        });

    static string? RefuseSpaces(string name) => name.Contains(' ', StringComparison.Ordinal) ? "Value must not contain spaces." : null;
}
