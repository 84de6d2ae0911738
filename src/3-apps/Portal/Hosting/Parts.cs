using Microsoft.EntityFrameworkCore;
using Postern.Api;
using Postern.Billing;
using Postern.Billing.Fulfilment;
using Postern.Jobs;
using Postern.Portal.Access;
using Postern.Portal.Audit;
using Postern.Portal.Licenses;
using Postern.Portal.Looks;
using Postern.Portal.Mails;
using Postern.Portal.Members;
using Postern.Portal.Organizations;
using Postern.Portal.Payments;
using Postern.Portal.Purchase;
using Postern.Portal.SignIn;
using Postern.Portal.Signing;
using Postern.Storage;

namespace Postern.Portal.Hosting;

/// <summary>The one wiring point: services, tables, doors.</summary>
static class Parts
{
    static readonly Module billing = new();

    public static void Register(IServiceCollection services)
    {
        services.AddSingleton<ITables, Tables>();
        services.AddSingleton<IRequestStep, MissingPage>().AddSingleton<IRequestStep, Gate>();
        services.AddSingleton<ProviderHttp>().AddSingleton<Provider>().AddSingleton<CheckIdToken>().AddSingleton<Links>();
        services.AddScoped<Sessions>().AddScoped<FindSeat>().AddScoped<Shells>().AddScoped<RecordAudit>();
        services.AddScoped<CreateOrganization>().AddScoped<EditOrganization>().AddScoped<FindOrganizations>().AddScoped<ShowOrganization>();
        services.AddScoped<InviteMember>().AddScoped<MailInvitation>().AddScoped<ManageInvitation>().AddScoped<AcceptInvitation>().AddScoped<ChangeMembership>();
        services.AddScoped<IStartTask, PrepareAuthority>().AddScoped<SignLicense>().AddScoped<IssueKey>().AddScoped<ManageLicense>().AddScoped<RevealKey>().AddScoped<ShowLicense>();
        services.AddScoped<ShowPlans>().AddScoped<ShowBilling>();
        services.AddScoped<Announce>().AddScoped<Fulfil>().AddScoped<IFulfilment>(static s => s.GetRequiredService<Fulfil>());
        services.AddJob<RemindOfExpiry>(RemindOfExpiry.Kind, RemindOfExpiry.Every);
        billing.Register(services);
        services.AddSandboxPayments();
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        SignInPages.Map(routes);
        OrganizationPages.Map(routes);
        MemberPages.Map(routes);
        AuditPages.Map(routes);
        LicensePages.Map(routes);
        PurchasePages.Map(routes);
        SubscriptionPages.Map(routes);
        BillingPages.Map(routes);
        // Checkout pages and webhooks, which guard themselves as those of a payment provider do.
        billing.Map(routes.MapGroup("").Needs(Right.Public));
    }

    sealed class Tables : ITables
    {
        public void Configure(ModelBuilder model)
        {
            model.Entity<Person>(e => e.ToTable("person").HasKey(p => p.Subject));
            model.Entity<Person>().Ignore(p => p.DisplayName);
            model.Entity<PortalSession>().ToTable("session").HasKey(s => s.KeyHash);
            model.Entity<Organization>().ToTable("organization").HasKey(o => o.Id);
            model.Entity<Membership>().ToTable("membership").HasKey(m => new { m.OrganizationId, m.Subject });
            model.Entity<Invitation>().ToTable("invitation").HasKey(i => i.Id);
            model.Entity<Invitation>().Ignore(i => i.IsPending);
            model.Entity<AuditEntry>().ToTable("audit_entry").HasKey(a => a.Id);
            model.Entity<License>().ToTable("license").HasKey(l => l.Id);
            model.Entity<License>().Ignore(l => l.DisplayName);
            model.Entity<LicenseKey>().ToTable("license_key").HasKey(k => new { k.LicenseId, k.Revision });
            model.Entity<KeyAuthority>().ToTable("key_authority").HasKey(a => a.Id);
        }
    }
}
