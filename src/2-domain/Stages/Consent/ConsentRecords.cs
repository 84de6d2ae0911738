using Microsoft.EntityFrameworkCore;
using Postern.Flows.Running;
using Postern.Kernel.Values;
using Postern.Storage;

namespace Postern.Stages.Consent;

/// <summary>Remembers what a person consented to.</summary>
sealed class ConsentRecords(PosternDb db, TimeProvider clock)
{
    /// <summary>What the person granted the application so far; null for nothing, or nothing any more.</summary>
    public async ValueTask<HashSet<string>?> GrantedAsync(StageRun run, ConsentRequest request, CancellationToken cancellation) =>
        await FindAsync(run, request, cancellation) is { } consent && !consent.IsExpired(clock.GetUtcNow())
            ? consent.Permissions.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal)
            : null;

    public async ValueTask KeepAsync(ConsentStage stage, StageRun run, ConsentRequest request, CancellationToken cancellation)
    {
        if (run.PendingUser is not { Pk: > 0 } user)
            return;
        var consent = await FindAsync(run, request, cancellation);
        if (consent is null)
            db.Add(consent = new UserConsent { UserPk = user.Pk, ApplicationPk = request.Application!.Value });
        consent.Permissions = string.Join(' ', request.Permissions.Select(p => p.Id));
        consent.Expires = stage.Mode is ConsentMode.Permanent ? null : clock.GetUtcNow() + Duration.Parse(stage.ConsentExpireIn);
        await db.SaveChangesAsync(cancellation);
    }

    Task<UserConsent?> FindAsync(StageRun run, ConsentRequest request, CancellationToken cancellation)
    {
        var user = run.PendingUser?.Pk ?? 0;
        return db.Set<UserConsent>().FirstOrDefaultAsync(c => c.UserPk == user && c.ApplicationPk == request.Application, cancellation);
    }
}
