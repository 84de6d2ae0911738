using Microsoft.AspNetCore.Http;
using Postern.Api.Http;
using Postern.Brands;
using Postern.Flows;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Stages.Email;
using Postern.Storage;
using Postern.Storage.Snapshots;

namespace Postern.Stages.Recovery;

/// <summary>
/// An administrator has a recovery link mailed to somebody who lost their password, as a mail stage says: its server, sender, subject and template. Rights as for
/// <see cref="CreateRecoveryLink"/>, and the stage must be visible to the caller. Writes the link's token and the mail. Faults: not found, forbidden, invalid.
/// </summary>
public sealed class MailRecoveryLink
{
    readonly FindRecoverable find;
    readonly RecoveryPlan plans;
    readonly SendLink send;
    readonly Links links;
    readonly Snapshot<FlowPicture> pictures;
    readonly IAccess access;
    readonly PosternDb db;

    internal MailRecoveryLink(FindRecoverable find, RecoveryPlan plans, SendLink send, Links links, Snapshot<FlowPicture> pictures, IAccess access, PosternDb db) =>
        (this.find, this.plans, this.send, this.links, this.pictures, this.access, this.db) = (find, plans, send, links, pictures, access, db);

    public async Task<Result<Unit>> ExecuteAsync(HttpContext http, string user, Guid emailStage, string? duration, CancellationToken cancellation)
    {
        if (!(await find.ExecuteAsync(http.Caller(), user, cancellation)).Succeeded(out var person, out var refusal))
            return refusal;
        if (person.Email.Length == 0)
            return Fault.Input("User does not have an email address set.");
        if ((await pictures.GetAsync(cancellation)).Stage(emailStage) is not EmailStage stage
            || await access.RefuseAsync(http.Caller(), EmailStage.Kind.View, emailStage.ToString(), cancellation) is not null)
            return Fault.Input("Email stage not found.");
        if (!(await plans.ExecuteAsync(http, person, duration, cancellation)).Succeeded(out var made, out var fault))
            return fault;
        await send.MailAsync(stage, person, person.Email, await links.ToAsync(made.Path, http.Request, cancellation), made.Expires, http, cancellation);
        await db.SaveChangesAsync(cancellation);
        return Unit.Value;
    }
}
