using Microsoft.EntityFrameworkCore;
using Postern.Storage.Kinds;

namespace Postern.Applications.Providers;

/// <summary>The declaration of providers of any kind, and what each kind's own declaration starts with.</summary>
public static class ProviderKind
{
    const string Flow = "authentik_flows.flow";

    public static readonly ModelKind<Provider> Kind = ModelKind<Provider>.Declare("authentik_core.provider", static (k, kind) =>
    {
        k.Labels("Provider", "Providers").Path("providers/all", Verbs.List | Verbs.Retrieve | Verbs.Delete | Verbs.UsedBy).Table("provider").NotInBlueprints();
        Members(k);
        ProviderFilters.Declare(k);
    });

    /// <summary>Declares a kind of provider: the members of every provider, then its own. The path is below <c>/api/v3/providers/</c>.</summary>
    public static ModelKind<T> Declare<T>(string name, string path, string component, string label, Action<KindBuilder<T>> own)
        where T : Provider, new() =>
        ModelKind<T>.Declare(name, (k, _) =>
        {
            k.Extends(Kind).Labels(label, $"{label}s").Path($"providers/{path}").Component(component);
            Members(k);
            ProviderFilters.Declare(k);
            own(k);
        });

    static void Members<T>(KindBuilder<T> k)
        where T : Provider, new()
    {
        k.Key(p => p.Id);
        k.Text("name", p => p.Name).Required().Unique();
        k.Reference("authentication_flow", p => p.AuthenticationFlow, Flow)
            .Help("Flow for people who open the application without being signed in; the brand's unless set.");
        k.Reference("authorization_flow", p => p.AuthorizationFlow, Flow).Required().NotNull().OnDelete(OnDelete.Cascade).Help("Flow people pass on their way to the application.");
        k.Reference("invalidation_flow", p => p.InvalidationFlow, Flow).Required().NotNull().Help("Flow that ends the session with the application.");
        k.References("property_mappings", p => p.PropertyMappings, "authentik_core.propertymapping").Help("What the application is told about people.");
        k.Meta();
        k.Computed("assigned_application_slug", static (page, context) => AssignedApplications.LoadAsync(page, context, a => a.Slug, backchannel: false));
        k.Computed("assigned_application_name", static (page, context) => AssignedApplications.LoadAsync(page, context, a => a.Name, backchannel: false));
        k.Computed("assigned_backchannel_application_slug", static (page, context) => AssignedApplications.LoadAsync(page, context, a => a.Slug, backchannel: true));
        k.Computed("assigned_backchannel_application_name", static (page, context) => AssignedApplications.LoadAsync(page, context, a => a.Name, backchannel: true));
        k.Search(p => p.Name);
        k.Order("name", "pk");
    }
}
