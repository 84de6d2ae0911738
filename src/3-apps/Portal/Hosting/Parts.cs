using Microsoft.EntityFrameworkCore;
using Postern.Api;
using Postern.Portal.Access;
using Postern.Portal.Audit;
using Postern.Portal.Looks;
using Postern.Portal.Members;
using Postern.Portal.Organizations;
using Postern.Portal.SignIn;
using Postern.Storage;

namespace Postern.Portal.Hosting;

/// <summary>The one wiring point: services, tables, doors.</summary>
static class Parts
{
    public static void Register(IServiceCollection services)
    {
        services.AddSingleton<ITables, Tables>();
        services.AddSingleton<IRequestStep, MissingPage>().AddSingleton<IRequestStep, Gate>();
        services.AddSingleton<ProviderHttp>().AddSingleton<Provider>().AddSingleton<CheckIdToken>().AddSingleton<Links>();
        services.AddScoped<Sessions>().AddScoped<FindSeat>().AddScoped<Shells>().AddScoped<RecordAudit>();
        services.AddScoped<CreateOrganization>().AddScoped<EditOrganization>().AddScoped<FindOrganizations>().AddScoped<ShowOrganization>();
        services.AddScoped<InviteMember>().AddScoped<MailInvitation>().AddScoped<ManageInvitation>().AddScoped<AcceptInvitation>().AddScoped<ChangeMembership>();
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        SignInPages.Map(routes);
        OrganizationPages.Map(routes);
        MemberPages.Map(routes);
        AuditPages.Map(routes);
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
        }
    }
}
