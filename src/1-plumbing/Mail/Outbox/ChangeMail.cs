using Microsoft.EntityFrameworkCore;
using Postern.Jobs;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage;

namespace Postern.Mail.Outbox;

/// <summary>Has a mail sent now that waits or was given up, or calls one back. Needs <c>postern_mail.change_mail</c>. Faults: forbidden, not found, invalid where it is too late.</summary>
public sealed class ChangeMail(PosternDb db, IAccess access, JobQueue jobs, TimeProvider clock)
{
    /// <summary>The next attempt begins now, and delivery is tried as long as for a new mail.</summary>
    public Task<Result<Unit>> RetryAsync(Caller caller, Guid pk, CancellationToken cancellation) => ExecuteAsync(
        caller,
        pk,
        async () =>
        {
            var now = clock.GetUtcNow();
            var changed = await Open(pk).ExecuteUpdateAsync(
                m => m.SetProperty(x => x.State, MailState.Queued).SetProperty(x => x.NextAttempt, now).SetProperty(x => x.GiveUpAt, now + SendMail.Patience), cancellation);
            if (changed > 0)
                await jobs.HastenAsync(DeliverMail.Kind, SendMail.PayloadOf(pk), SendMail.KeyOf(pk), cancellation);
            return changed;
        },
        "Only a mail that waits or was given up can be tried again.",
        cancellation);

    /// <summary>The mail is not sent, and its text is forgotten. An attempt under way is not stopped: such a mail cannot be called back.</summary>
    public Task<Result<Unit>> CancelAsync(Caller caller, Guid pk, CancellationToken cancellation) => ExecuteAsync(
        caller,
        pk,
        () => Open(pk).ExecuteUpdateAsync(
            m => m.SetProperty(x => x.State, MailState.Cancelled).SetProperty(x => x.Message, (string?)null).SetProperty(x => x.NextAttempt, (DateTimeOffset?)null), cancellation),
        "Only a mail that waits or was given up can be called back.",
        cancellation);

    IQueryable<Mail> Open(Guid pk) => db.Set<Mail>().Where(m => m.Pk == pk && (m.State == MailState.Queued || m.State == MailState.Failed));

    async Task<Result<Unit>> ExecuteAsync(Caller caller, Guid pk, Func<Task<int>> change, string tooLate, CancellationToken cancellation)
    {
        if (await access.RefuseAsync(caller, MailKind.Kind.Change, pk.ToString(), cancellation) is { } refusal)
            return refusal;
        if (!await db.Set<Mail>().AnyAsync(m => m.Pk == pk, cancellation))
            return new Fault.NotFound("Mail");
        return await db.InTransactionAsync<Result<Unit>>(
            async () => await change() > 0 ? Unit.Value : Fault.Input(tooLate),
            static result => result.Fault is null,
            cancellation);
    }
}
