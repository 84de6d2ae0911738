using Postern.Applications.Icons;
using Postern.Directory.Users;
using Postern.Storage.Kinds;

namespace Postern.Sources;

/// <summary>The declaration of sources of any kind, and what each kind's own declaration starts with.</summary>
public static class SourceKind
{
    const string Flow = "authentik_flows.flow";
    const string Mapping = "authentik_core.propertymapping";

    public static readonly ModelKind<Source> Kind = ModelKind<Source>.Declare("authentik_core.source", static (k, kind) =>
    {
        k.Labels("Source", "Sources").Path("sources/all", Verbs.List | Verbs.Retrieve | Verbs.Delete | Verbs.UsedBy).Table("source").NotInBlueprints();
        Members(k, kind);
    });

    /// <summary>Declares a kind of source: the members of every source, then its own. The path is below <c>/api/v3/sources/</c>.</summary>
    public static ModelKind<T> Declare<T>(string name, string path, string component, string label, Action<KindBuilder<T>> own)
        where T : Source, new() =>
        ModelKind<T>.Declare(name, (k, kind) =>
        {
            k.Extends(Kind).Labels(label, $"{label}s").Path($"sources/{path}").Component(component);
            Members(k, kind);
            k.Filters("enabled", "authentication_flow", "enrollment_flow", "policy_engine_mode", "user_matching_mode");
            own(k);
        });

    static void Members<T>(KindBuilder<T> k, ModelKind kind)
        where T : Source, new()
    {
        k.Key(s => s.Pk).Aliases("pbm_uuid");
        k.Text("name", s => s.Name).Required().Help("Name that people see.");
        k.Slug("slug", s => s.Slug).Required().Unique().MaxLength(50).IsLookup(kind).Help("Stands for the source in addresses.");
        k.Boolean("enabled", s => s.Enabled);
        k.Boolean("promoted", s => s.Promoted).Help("Show a wide button with the name above the other ways to sign in.");
        k.Reference("authentication_flow", s => s.AuthenticationFlow, Flow).Help("Flow for people who have an account here. Without one they are turned away.");
        k.Reference("enrollment_flow", s => s.EnrollmentFlow, Flow).Help("Flow for people who are new here. Without one they are turned away.");
        k.References("user_property_mappings", s => s.UserPropertyMappings, Mapping).Help("What is taken over into accounts, beside username, name and e-mail address.");
        k.References("group_property_mappings", s => s.GroupPropertyMappings, Mapping);
        k.Meta();
        k.Choice("policy_engine_mode", s => s.PolicyEngineMode).Help("Whether one binding that fits is enough, or all must.");
        k.Choice("user_matching_mode", s => s.UserMatchingMode)
            .Help("identifier: by the source's own name for them alone. email_link and username_link: an account here with the same is theirs, so take these only where the source vouches for it. email_deny and username_deny: such an account turns them away.");
        k.NullableText("managed", s => s.Managed).ReadOnly();
        k.Text("user_path_template", s => s.UserPathTemplate).NotBlank().Rule(UserPath.Refusal).Help("Folder of new accounts; %(slug)s stands for the source's.");
        k.Text("icon", s => s.Icon).Help("Address of a picture, or the name of an uploaded one.");
        k.Computed("icon_url", s => Icon.UrlOf(s.Icon)).Nullable();
        k.Computed("icon_themed_urls", s => Icon.ThemedOf(s.Icon)).Nullable();
        k.Filters("name", "slug", "managed");
        k.Search(s => s.Name, s => s.Slug);
        k.Order("name", "slug");
    }
}
