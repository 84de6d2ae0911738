using Microsoft.EntityFrameworkCore;
using Postern.Authenticators.Devices;
using Postern.Authenticators.Email;
using Postern.Authenticators.Sms;
using Postern.Directory.Users;
using Postern.Flows;
using Postern.Flows.Running;
using Postern.Storage;
using Postern.Storage.Snapshots;

namespace Postern.Authenticators.Validate;

/// <summary>Sends a code to the phone or address somebody chose; other devices need none.</summary>
sealed class SendChosen(PosternDb db, SendEmailCode email, SendSmsCode sms, Snapshot<FlowPicture> pictures)
{
    public async ValueTask ExecuteAsync(StageRun run, User owner, Device chosen, CancellationToken cancellation)
    {
        var picture = await pictures.GetAsync(cancellation);
        switch (chosen)
        {
            case EmailDevice { StagePk: { } pk } when picture.Stage(pk) is EmailSetupStage stage:
                await email.ExecuteAsync(stage, await db.Set<EmailDevice>().SingleAsync(d => d.Pk == chosen.Pk, cancellation), owner, run.Http, cancellation);
                break;
            case SmsDevice { StagePk: { } pk } when picture.Stage(pk) is SmsStage stage:
                await sms.ExecuteAsync(stage, await db.Set<SmsDevice>().SingleAsync(d => d.Pk == chosen.Pk, cancellation), owner, run.Http, cancellation);
                break;
            default:
                return;
        }
        await db.SaveChangesAsync(cancellation);
    }
}
