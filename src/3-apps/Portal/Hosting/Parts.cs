using Microsoft.EntityFrameworkCore;
using Postern.Api;
using Postern.Billing;
using Postern.Billing.Fulfilment;
using Postern.Jobs;
using Postern.Kernel.Access;
using Postern.Portal.Access;
using Postern.Portal.Api;
using Postern.Portal.Audit;
using Postern.Portal.Desk;
using Postern.Portal.Licenses;
using Postern.Portal.Looks;
using Postern.Portal.Mails;
using Postern.Portal.Members;
using Postern.Portal.Organizations;
using Postern.Portal.Payments;
using Postern.Portal.Purchase;
using Postern.Portal.SignIn;
using Postern.Portal.Signing;
using Postern.Portal.Support;
using Postern.Portal.Usage;
using Postern.Storage;
using Postern.Storage.Objects;
using Postern.Storage.Sealing;

namespace Postern.Portal.Hosting;

/// <summary>The one wiring point: services, tables, doors.</summary>
static class Parts
{
    static readonly Module billing = new();

    public static void Register(IServiceCollection services, PortalSettings settings)
    {
        services.AddSingleton<ITables, Tables>();
        services.AddSingleton<IRequestStep, MissingPage>().AddSingleton<IRequestStep, Gate>().AddSingleton<IFailurePage, FailurePage>();
        services.AddSingleton<ProviderHttp>().AddSingleton<Provider>().AddSingleton<CheckIdToken>().AddSingleton<Links>();
        services.AddScoped<Sessions>().AddScoped<FindSeat>().AddScoped<Shells>().AddScoped<RecordAudit>().AddScoped<ReadAudit>();
        services.AddScoped<CreateOrganization>().AddScoped<EditOrganization>().AddScoped<FindOrganizations>().AddScoped<ShowOrganization>();
        services.AddScoped<InviteMember>().AddScoped<MailInvitation>().AddScoped<ManageInvitation>().AddScoped<AcceptInvitation>().AddScoped<ChangeMembership>();
        services.AddScoped<IStartTask, PrepareAuthority>().AddScoped<SignLicense>().AddScoped<IssueKey>().AddScoped<ManageLicense>().AddScoped<RevealKey>().AddScoped<ShowLicense>();
        services.AddScoped<ShowPlans>().AddScoped<ShowBilling>();
        services.AddSingleton<PortalTemplates>().AddScoped<Announce>().AddScoped<Fulfil>().AddScoped<IFulfilment>(static s => s.GetRequiredService<Fulfil>());
        services.AddJob<RemindOfExpiry>(RemindOfExpiry.Kind, RemindOfExpiry.Every);
        services.AddScoped<TokenGate>().AddScoped<ManageTokens>().AddScoped<ReportUsage>().AddScoped<ReadReports>();
        services.AddApiDocument();
        services.AddScoped<WriteTicket>().AddScoped<DeskActions>().AddScoped<DeskPayments>().AddScoped<FindCustomers>().AddSingleton<IAuditTrail, CatalogTrail>().AddSingleton<IAccess, NoOtherAccess>();
        billing.Register(services);
        services.AddSingleton(new SealedColumn("key_authority", "id", "sealed", PrepareAuthority.Purpose));
        if (settings.Stripe is { } stripe)
            services.AddStripePayments(stripe);
        else
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
        SupportPages.Map(routes);
        DeskPages.Map(routes);
        TokenPages.Map(routes);
        LicenseApi.Map(routes);
        routes.MapOpenApi("/api/{documentName}/openapi.json").Needs(Right.Public);
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
            model.Entity<Ticket>().ToTable("ticket").HasKey(t => t.Id);
            model.Entity<TicketMessage>().ToTable("ticket_message").HasKey(m => m.Id);
            model.Entity<ApiToken>().ToTable("api_token").HasKey(t => t.Id);
            model.Entity<UsageReport>().ToTable("usage_report").HasKey(r => r.Id);
            model.Entity<KeyAuthority>().ToTable("key_authority").HasKey(a => a.Id);
        }
    }
}
