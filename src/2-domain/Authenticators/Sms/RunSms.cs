using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Authenticators.Devices;
using Postern.Directory.Users;
using Postern.Flows;
using Postern.Flows.Running;
using Postern.Kernel;
using Postern.Storage;
using Postern.Storage.Sealing;

namespace Postern.Authenticators.Sms;

/// <summary>Asks for a phone number and sends a code to it; the device is kept once the code comes back.</summary>
sealed class RunSms(AddDevice add, SendSmsCode send, PosternDb db, Seal seal, TimeProvider clock) : IStage<SmsStage>
{
    const string DeviceKey = "goauthentik.io/stages/authenticator_sms/sms_device";

    public async ValueTask<StageOutcome> StartAsync(SmsStage stage, StageRun run, CancellationToken cancellation)
    {
        if (run.PendingUser is not { Pk: > 0 } user)
            return StageOutcome.Done;
        if (PendingDevice.Read(run.Context, DeviceKey, SmsDevice.New) is not null)
            return Ask(numberRequired: false, new FieldErrors());
        var known = run.Context.HasPromptData && run.Context.PromptData.TryGetValue("phone", out var phone) ? phone as string : null;
        return string.IsNullOrEmpty(known) ? Ask(numberRequired: true, new FieldErrors()) : await SendAsync(stage, run, user, known, cancellation);
    }

    public async ValueTask<StageOutcome> AnswerAsync(SmsStage stage, StageRun run, JsonObject answer, CancellationToken cancellation)
    {
        if (run.PendingUser is not { Pk: > 0 } user)
            return StageOutcome.Done;
        if (PendingDevice.Read(run.Context, DeviceKey, SmsDevice.New) is not { } device)
        {
            var given = answer["phone_number"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
            return given.Trim().Length == 0 ? Ask(numberRequired: true, FieldErrors.Of("phone_number", "phone_number required")) : await SendAsync(stage, run, user, given, cancellation);
        }
        if (!answer.ContainsKey("code"))
            return await SendAsync(stage, run, user, device.PhoneNumber, cancellation);
        if (!PendingDevice.Accepts(run.Context, DeviceKey, device, CodeText.Of(answer["code"]), seal, clock.GetUtcNow()))
            return Ask(numberRequired: false, FieldErrors.Of("code", "Code does not match"));
        run.Context.Remove(DeviceKey);
        await add.ExecuteAsync(run.Http, user, new SmsDevice { Name = "SMS Device", PhoneNumber = Kept(stage, device.PhoneNumber), StagePk = stage.Pk }, cancellation);
        return StageOutcome.Done;
    }

    async ValueTask<StageOutcome> SendAsync(SmsStage stage, StageRun run, User user, string given, CancellationToken cancellation)
    {
        if (PhoneNumber.Of(given) is not { } number || await IsTakenAsync(stage, number, cancellation))
            return Ask(numberRequired: true, FieldErrors.Of("phone_number", "Invalid phone number"));
        var device = PendingDevice.Read(run.Context, DeviceKey, SmsDevice.New) ?? SmsDevice.New(number);
        if (!await send.ExecuteAsync(stage, device, user, run.Http, cancellation))
            return Ask(numberRequired: true, FieldErrors.Of("phone_number", "The code could not be sent. Ask an administrator."));
        PendingDevice.Keep(run.Context, DeviceKey, device, number);
        return Ask(numberRequired: false, new FieldErrors());
    }

    Task<bool> IsTakenAsync(SmsStage stage, string number, CancellationToken cancellation)
    {
        var kept = Kept(stage, number);
        return db.Set<SmsDevice>().AnyAsync(d => d.StagePk == stage.Pk && (d.PhoneNumber == number || d.PhoneNumber == kept), cancellation);
    }

    string Kept(SmsStage stage, string number) => stage.VerifyOnly ? SmsDevice.HashMark + Convert.ToHexStringLower(seal.Hash(SealedFor.PhoneNumber, number)) : number;

    static StageOutcome.Challenge Ask(bool numberRequired, FieldErrors errors) =>
        new("ak-stage-authenticator-sms", new JsonObject { ["phone_number_required"] = numberRequired }) { WithUser = true, Errors = errors };
}
