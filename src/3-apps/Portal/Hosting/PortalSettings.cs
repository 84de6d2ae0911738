using System.Diagnostics.CodeAnalysis;
using Postern.Billing.Stripe;
using Postern.Kernel.Settings;
using Postern.Kernel.Values;

namespace Postern.Portal.Hosting;

/// <summary>What the environment says about this portal. Names and defaults: docs/guide/portal.md.</summary>
public sealed record PortalSettings : HostSettings
{
    [SetsRequiredMembers]
    public PortalSettings(HostSettings host, Uri issuer)
        : base(host) => Issuer = issuer;

    /// <summary><c>OIDC__ISSUER</c>: the provider that signs people in, as its discovery document names itself.</summary>
    public Uri Issuer { get; }

    /// <summary><c>OIDC__CLIENT_ID</c>.</summary>
    public string ClientId { get; init; } = "";

    /// <summary><c>OIDC__CLIENT_SECRET</c>; null for a public client.</summary>
    public Secret? ClientSecret { get; init; }

    /// <summary><c>OIDC__SIGN_UP_URL</c>: where people without an account make one.</summary>
    public Uri SignUpUrl { get => field ?? new Uri(Issuer, "/if/flow/portal-sign-up/"); init; }

    /// <summary><c>SUPPORT__GROUP</c>: the group at the provider whose members are the vendor's support staff.</summary>
    public string SupportGroup { get; init; } = "";

    /// <summary><c>SUPPORT__EMAIL</c>: who hears of new tickets; null for nobody.</summary>
    public string? SupportEmail { get; init; }

    /// <summary><c>STRIPE__*</c>: the vendor's account at Stripe; null for the sandbox, in which no money moves.</summary>
    public StripeSettings? Stripe { get; init; }

    /// <summary><c>LICENSE__AUTHORITY</c>: the authority that signs keys, as PEM; sealed into the database at the first start with it.</summary>
    public Secret? LicenseAuthority { get; init; }
}
