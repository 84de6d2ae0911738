using Microsoft.Extensions.DependencyInjection;
using Postern.Jobs;
using Postern.Kernel.Figures;
using Postern.Mail.Outbox;
using Postern.Mail.Smtp;
using Postern.Storage;
using Postern.Storage.Checks;
using Postern.Storage.Sealing;

namespace Postern.Mail;

/// <summary>Wires mail: templates, outbox, delivery.</summary>
public static class MailRegistration
{
    public static IServiceCollection AddMail(this IServiceCollection services)
    {
        services.AddKind(MailKind.Kind);
        services.AddSingleton(new SealedColumn("mail", "pk", "message", SendMail.Purpose));
        services.AddSingleton<MailTemplates>().AddCheck<MailCheck>().AddScoped<IFigures, MailFigures>();
        services.AddSingleton<SubmitMail>().AddSingleton<SmtpTransport>();
        services.AddScoped<SendMail>().AddScoped<ChangeMail>();
        services.AddOutwardJob<DeliverMail>(DeliverMail.Kind);
        return services.AddJob<KeepMail>("mail.keep", TimeSpan.FromMinutes(15));
    }
}
