using Postern.Applications.Icons;
using Postern.Applications.Providers;
using Postern.Storage.Kinds;

namespace Postern.Applications;

/// <summary>The declaration of applications. Lists are not among its verbs: what somebody sees in them is decided by access, not by permission.</summary>
public static class ApplicationKind
{
    internal static readonly LinkTable BackchannelLinks = new("application_backchannel_provider", "application_pk", "provider_id");

    // Parts of the addresses of OAuth2 endpoints, which stand where slugs stand.
    static readonly string[] Reserved = ["authorize", "token", "device", "userinfo", "introspect", "revoke", "par"];

    public static readonly ModelKind<Application> Kind = ModelKind<Application>.Declare("authentik_core.application", static (k, kind) =>
    {
        k.Labels("Application", "Applications").Path("core/applications", Verbs.All & ~Verbs.List).Table("application");
        k.Key(a => a.Pk);
        k.Computed("pbm_uuid", a => a.Pk);
        k.Computed("policybindingmodel_ptr_id", a => a.Pk);
        k.Text("name", a => a.Name).Required().Help("Name that people see.");
        k.Slug("slug", a => a.Slug).Required().Unique().MaxLength(50).IsLookup(kind).Rule(RefuseSlug).Help("Stands for the application in addresses.");
        k.Reference("provider", a => a.ProviderId, "authentik_core.provider").Help("What people sign in to the application through.");
        k.Expand("provider_obj", a => a.ProviderId, "authentik_core.provider");
        k.Links("backchannel_providers", a => a.BackchannelProviders, "authentik_core.provider", BackchannelLinks)
            .Help("Further providers that work for the application unseen.");
        k.ExpandMany("backchannel_providers_obj", a => a.BackchannelProviders, "authentik_core.provider");
        k.Computed("launch_url", LaunchUrls.LoadAsync);
        k.Boolean("open_in_new_tab", a => a.OpenInNewTab).Help("Open the application in a tab of its own.");
        k.Text("meta_launch_url", a => a.MetaLaunchUrl).Label("Launch URL").Rule(LaunchUrl.Refusal)
            .Help("Where My applications leads to; the provider's address unless set. %(username)s and other details of the user may stand in it.");
        k.Text("meta_icon", a => a.MetaIcon).Label("Icon").Aliases("icon").Help("Address of a picture, or the name of an uploaded one.");
        k.Computed("meta_icon_url", a => Icon.UrlOf(a.MetaIcon)).Nullable();
        k.Computed("meta_icon_themed_urls", a => Icon.ThemedOf(a.MetaIcon)).Nullable();
        k.Text("meta_description", a => a.MetaDescription).Label("Description");
        k.Text("meta_publisher", a => a.MetaPublisher).Label("Publisher");
        k.Choice("policy_engine_mode", a => a.PolicyEngineMode).Help("Whether one binding that fits is enough, or all must.");
        k.Text("group", a => a.Group).Help("Heading it stands under on My applications.");
        k.Boolean("meta_hide", a => a.MetaHide).Label("Hide").Help("Leave the application off My applications. Access is as ever.");
        k.Filters("name", "slug", "group", "meta_launch_url", "meta_description", "meta_publisher");
        k.Search(a => a.Name, a => a.Slug, a => a.MetaLaunchUrl, a => a.MetaDescription, a => a.MetaPublisher, a => a.Group);
        k.Order("name", "slug", "group");
        k.Validate(ApplicationRules.CheckAsync);
    });

    static string? RefuseSlug(string slug) => Reserved.Contains(slug, StringComparer.OrdinalIgnoreCase)
        ? $"The slug '{slug}' is reserved and cannot be used for applications."
        : null;
}
