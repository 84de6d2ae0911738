using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Authenticators.Devices;
using Postern.Directory.Users;
using Postern.Flows;
using Postern.Flows.Running;
using Postern.Kernel;
using Postern.Kernel.Values;
using Postern.Storage;
using Postern.Storage.Sealing;

namespace Postern.Authenticators.Email;

/// <summary>Sends a code to the person's address; the device is kept once the code comes back.</summary>
sealed class RunEmailSetup(AddDevice add, SendEmailCode send, PosternDb db, Seal seal, TimeProvider clock) : IStage<EmailSetupStage>
{
    const string DeviceKey = "goauthentik.io/stages/authenticator_email/email_device";

    public async ValueTask<StageOutcome> StartAsync(EmailSetupStage stage, StageRun run, CancellationToken cancellation)
    {
        if (run.PendingUser is not { Pk: > 0 } user)
            return StageOutcome.Done;
        if (await HasOneAsync(stage, user, cancellation))
            return StageOutcome.Deny("The user already has an email address registered for MFA.");
        if (PendingDevice.Read(run.Context, DeviceKey, EmailDevice.New) is { } waiting)
            return Ask(waiting, new FieldErrors());
        var known = user.Email.Length > 0 ? user.Email : run.Context.HasPromptData && run.Context.PromptData.TryGetValue("email", out var typed) ? typed as string : null;
        return string.IsNullOrEmpty(known) ? Ask(null, new FieldErrors()) : await SendAsync(stage, run, user, known, cancellation);
    }

    public async ValueTask<StageOutcome> AnswerAsync(EmailSetupStage stage, StageRun run, JsonObject answer, CancellationToken cancellation)
    {
        if (run.PendingUser is not { Pk: > 0 } user)
            return StageOutcome.Done;
        if (await HasOneAsync(stage, user, cancellation))
            return StageOutcome.Deny("The user already has an email address registered for MFA.");
        var device = PendingDevice.Read(run.Context, DeviceKey, EmailDevice.New);
        if (device is null)
        {
            var given = answer["email"] is JsonValue value && value.TryGetValue<string>(out var text) ? text.Trim() : "";
            return given.Length == 0 ? Ask(null, FieldErrors.Of("email", "email required"))
                : !EmailAddress.IsValid(given) ? Ask(null, FieldErrors.Of("email", "Invalid email"))
                : await SendAsync(stage, run, user, given, cancellation);
        }
        if (!answer.ContainsKey("code"))
            return await SendAsync(stage, run, user, device.Email, cancellation);
        if (!PendingDevice.Accepts(run.Context, DeviceKey, device, CodeText.Of(answer["code"]), seal, clock.GetUtcNow()))
            return Ask(device, FieldErrors.Of("code", "Code does not match"));
        run.Context.Remove(DeviceKey);
        await add.ExecuteAsync(run.Http, user, new EmailDevice { Name = "Email Device", Email = device.Email, StagePk = stage.Pk }, cancellation);
        return StageOutcome.Done;
    }

    async ValueTask<StageOutcome> SendAsync(EmailSetupStage stage, StageRun run, User user, string address, CancellationToken cancellation)
    {
        var device = PendingDevice.Read(run.Context, DeviceKey, EmailDevice.New) ?? EmailDevice.New(address);
        await send.ExecuteAsync(stage, device, user, run.Http, cancellation);
        PendingDevice.Keep(run.Context, DeviceKey, device, device.Email);
        return Ask(device, new FieldErrors());
    }

    Task<bool> HasOneAsync(EmailSetupStage stage, User user, CancellationToken cancellation) =>
        db.Set<EmailDevice>().AnyAsync(d => d.UserPk == user.Pk && d.StagePk == stage.Pk, cancellation);

    static StageOutcome.Challenge Ask(EmailDevice? device, FieldErrors errors) => new(
        "ak-stage-authenticator-email",
        new JsonObject { ["email"] = device is null ? null : EmailMask.Of(device.Email), ["email_required"] = device is null })
    { WithUser = true, Errors = errors };
}
