using Microsoft.EntityFrameworkCore;
using Postern.Applications.Providers;
using Postern.Storage.Kinds;

namespace Postern.Applications;

/// <summary>Rules of an application: a provider serves one application, be it openly or in the background.</summary>
static class ApplicationRules
{
    const string Taken = "Application with this provider already exists.";

    public static async ValueTask CheckAsync(Application application, SaveContext context)
    {
        if (application.ProviderId is { } provider && context.Given.Contains("provider")
            && await context.Db.Set<Application>().AnyAsync(a => a.ProviderId == provider && a.Pk != application.Pk, context.Cancellation))
            context.Errors.Add("provider", Taken);
        if (context.Given.Contains("backchannel_providers") && application.BackchannelProviders is { Count: > 0 } behind
            && await context.Db.Set<BackchannelProvider>().AnyAsync(b => behind.Contains(b.ProviderId) && b.ApplicationPk != application.Pk, context.Cancellation))
            context.Errors.Add("backchannel_providers", Taken);
    }
}
