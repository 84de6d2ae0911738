using Postern.Policies.Expressions;
using Postern.Storage.Kinds;

namespace Postern.Applications.Mappings;

/// <summary>The declaration of property mappings of any kind, and what each kind's own declaration starts with.</summary>
public static class PropertyMappingKind
{
    public static readonly ModelKind<PropertyMapping> Kind = ModelKind<PropertyMapping>.Declare("authentik_core.propertymapping", static (k, kind) =>
    {
        k.Labels("Property Mapping", "Property Mappings").Path("propertymappings/all", Verbs.List | Verbs.Retrieve | Verbs.Delete | Verbs.UsedBy).PathParameter("pm_uuid")
            .Table("property_mapping").NotInBlueprints();
        Members(k);
    });

    /// <summary>Declares a kind of mapping: the members of every mapping, then its own. The path is below <c>/api/v3/propertymappings/</c>.</summary>
    public static ModelKind<T> Declare<T>(string name, string path, string component, string label, Action<KindBuilder<T>> own)
        where T : PropertyMapping, new() =>
        ModelKind<T>.Declare(name, (k, _) =>
        {
            k.Extends(Kind).Labels(label, $"{label}s").Path($"propertymappings/{path}").Component(component);
            Members(k);
            k.Filters("name", "expression");
            own(k);
        });

    static void Members<T>(KindBuilder<T> k)
        where T : PropertyMapping, new()
    {
        k.Key(m => m.Pk).Aliases("pm_uuid");
        k.NullableText("managed", m => m.Managed).NotBlank().Unique()
            .Help("Key of a mapping that is shipped with the product and brought up to date by it; changes to it last until then.");
        k.Text("name", m => m.Name).Required().Unique();
        k.Expression("expression", m => m.Expression).Required().Rule(CheckExpression.Refusal);
        k.Meta();
        k.Filters("managed");
        k.Filter("managed__isnull", static (query, values, errors) =>
        {
            if (bool.TryParse(values[^1], out var none))
                return query.Where(m => (m.Managed == null) == none);
            errors.Add("managed__isnull", "Must be a valid boolean.");
            return query;
        });
        k.Search(m => m.Name, m => m.Managed);
        k.Order("name", "managed");
    }
}
