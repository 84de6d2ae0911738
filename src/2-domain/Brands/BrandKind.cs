using Microsoft.EntityFrameworkCore;
using Postern.Storage.Kinds;

namespace Postern.Brands;

/// <summary>The declaration of brands.</summary>
public static class BrandKind
{
    const string Flow = "authentik_flows.flow";

    public static readonly ModelKind<Brand> Kind = ModelKind<Brand>.Declare("authentik_brands.brand", static (k, kind) =>
    {
        k.Labels("Brand", "Brands").Path("core/brands").PathParameter("brand_uuid").Table("brand").Aliases("authentik_tenants.tenant").Named(b => b.Default ? "Default brand" : $"Brand {b.Domain}");
        k.Key(b => b.Pk, "brand_uuid");
        k.Text("domain", b => b.Domain).Required().Unique().Help("Domain that activates this brand; subdomains count in.");
        k.Boolean("default", b => b.Default);
        k.Text("branding_title", b => b.BrandingTitle);
        k.Text("branding_logo", b => b.BrandingLogo);
        k.Text("branding_favicon", b => b.BrandingFavicon);
        k.LongText("branding_custom_css", b => b.BrandingCustomCss);
        k.Text("branding_default_flow_background", b => b.BrandingDefaultFlowBackground);
        k.Text("branding_map_tiles", b => b.BrandingMapTiles);
        k.Reference("flow_authentication", b => b.FlowAuthentication, Flow).Help("Flow people sign in with.");
        k.Reference("flow_user_switch", b => b.FlowUserSwitch, Flow);
        k.Reference("flow_invalidation", b => b.FlowInvalidation, Flow).Help("Flow people sign out with.");
        k.Reference("flow_recovery", b => b.FlowRecovery, Flow).Help("Flow people regain access with. Links to it appear where it is set.");
        k.Reference("flow_unenrollment", b => b.FlowUnenrollment, Flow);
        k.Reference("flow_user_settings", b => b.FlowUserSettings, Flow).Help("Flow people change their details with.");
        k.Reference("flow_device_code", b => b.FlowDeviceCode, Flow);
        k.Reference("flow_lockdown", b => b.FlowLockdown, Flow);
        k.Reference("flow_request", b => b.FlowRequest, Flow);
        k.Reference("default_application", b => b.DefaultApplication, "authentik_core.application").Help("Where external users go after sign-in.");
        k.Reference("web_certificate", b => b.WebCertificate, "authentik_crypto.certificatekeypair");
        k.References("client_certificates", b => b.ClientCertificates, "authentik_crypto.certificatekeypair");
        k.Json("attributes", b => b.Attributes);
        k.Filters("brand_uuid", "domain", "default", "branding_title", "branding_logo", "branding_favicon");
        k.Search(b => b.Domain, b => b.BrandingTitle);
        k.Order("domain", "default", "branding_title");
        k.Validate(static async (brand, context) =>
        {
            if (brand.Default && await context.Db.Set<Brand>().AnyAsync(b => b.Default && b.Pk != brand.Pk, context.Cancellation))
                context.Errors.Add("default", "Only a single brand can be set as default.");
        });
    });
}
