using Microsoft.EntityFrameworkCore;
using Postern.Storage.Kinds;

namespace Postern.Applications.Providers;

/// <summary>Tells for a page of providers which applications they serve.</summary>
static class AssignedApplications
{
    public static async ValueTask<Func<T, object?>> LoadAsync<T>(IReadOnlyList<T> page, LoadContext context, Func<Application, string> member, bool backchannel)
        where T : Provider
    {
        List<int> ids = [.. page.Select(p => p.Id)];
        var applications = context.Db.Set<Application>().AsNoTracking();
        var served = backchannel
            ? await context.Db.Set<BackchannelProvider>().Where(b => ids.Contains(b.ProviderId))
                .Join(applications, b => b.ApplicationPk, a => a.Pk, (b, a) => new { b.ProviderId, Application = a })
                .ToDictionaryAsync(b => b.ProviderId, b => b.Application, context.Cancellation)
            : await applications.Where(a => a.ProviderId != null && ids.Contains(a.ProviderId.Value))
                .ToDictionaryAsync(a => a.ProviderId!.Value, context.Cancellation);
        return provider => served.TryGetValue(provider.Id, out var application) ? member(application) : null;
    }
}
