using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Postern.Jobs;
using Postern.Mail.Outbox;
using Postern.Storage;

namespace Postern.Mail;

/// <summary>Wires mail: templates, outbox, delivery.</summary>
public static class MailRegistration
{
    public static IServiceCollection AddMail(this IServiceCollection services)
    {
        services.AddSingleton<ITables, Tables>();
        services.AddSingleton<MailTemplates>();
        services.AddSingleton<SmtpTransport>();
        services.AddScoped<SendMail>();
        return services.AddJob<DeliverMail>(DeliverMail.Kind);
    }

    sealed class Tables : ITables
    {
        public void Configure(ModelBuilder model) => model.Entity<Outbox.Mail>().ToTable("mail").HasKey(m => m.Pk);
    }
}
