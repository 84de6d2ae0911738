using Postern.OAuth2.Clients;
using Postern.Storage.Kinds;

namespace Postern.OAuth2.Registration;

/// <summary>The declaration of dynamic client registration. Bindings of such an object say who may register.</summary>
public static class DynamicRegistrationKind
{
    const string Flow = "authentik_flows.flow";

    public static readonly ModelKind<DynamicRegistration> Kind = ModelKind<DynamicRegistration>.Declare("authentik_providers_oauth2.oauth2dynamicclientregistration", static (k, _) =>
    {
        k.Labels("Dynamic Client Registration", "Dynamic Client Registrations").Path("providers/oauth2-dcr").PathParameter("pbm_uuid").Table("oauth2_registration");
        k.Describe("Lets programs register themselves as applications (RFC 7591).");
        k.Key(r => r.Pk, "pbm_uuid").Aliases("pk");
        k.Named(r => $"Registration beside provider {r.ProviderId}");
        k.Reference("provider", r => r.ProviderId, OAuth2ProviderKind.Kind.Name).Unique().OnDelete(OnDelete.Cascade).Help("Users of its application may register others.");
        k.Text("default_application_group", r => r.DefaultApplicationGroup).Label("Heading").Help("Where registered applications stand on My applications.");
        k.Reference("override_authorization_flow", r => r.OverrideAuthorizationFlow, Flow).Help("The provider's unless set.");
        k.Reference("override_invalidation_flow", r => r.OverrideInvalidationFlow, Flow).Help("The provider's unless set.");
        k.References("override_property_mappings", r => r.OverridePropertyMappings, "authentik_core.propertymapping").Help("What registered applications are told; as the provider's unless set.");
        k.Duration("access_token_validity", r => r.AccessTokenValidity);
        k.Duration("refresh_token_validity", r => r.RefreshTokenValidity);
        k.ChoiceList<GrantType>("allowed_grant_types", r => r.AllowedGrantTypes).Help("What registered applications may do; as the provider unless set.");
        k.Choice("policy_engine_mode", r => r.PolicyEngineMode).Help("Whether one binding that fits is enough, or all must.");
        k.Filters("provider");
        k.Order("pk");
    });
}
