using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Postern.Authenticators.Devices;
using Postern.Brands;
using Postern.Flows;
using Postern.Flows.Running;
using Postern.Kernel;
using Postern.Kernel.Values;
using Postern.Storage.Sealing;
using Postern.Storage.Snapshots;

namespace Postern.Authenticators.Totp;

/// <summary>Shows a new seed until a code of it proves that an app holds it; only then is the device kept.</summary>
sealed class RunTotp(AddDevice add, Seal seal, Snapshot<BrandPicture> brands, TimeProvider clock) : IStage<TotpStage>
{
    const string SeedKey = "goauthentik.io/stages/authenticator_totp/seed";
    const string Wrong = "Code does not match";

    public async ValueTask<StageOutcome> StartAsync(TotpStage stage, StageRun run, CancellationToken cancellation) =>
        run.PendingUser is { Pk: > 0 } ? await AskAsync(stage, run, Seed(run), new FieldErrors(), cancellation) : StageOutcome.Done;

    public async ValueTask<StageOutcome> AnswerAsync(TotpStage stage, StageRun run, JsonObject answer, CancellationToken cancellation)
    {
        if (run.PendingUser is not { Pk: > 0 } user)
            return StageOutcome.Done;
        var seed = Seed(run);
        if (!answer.ContainsKey("code"))
            return await AskAsync(stage, run, seed, FieldErrors.Of("code", "This field is required."), cancellation);
        var now = TotpCode.StepAt(clock.GetUtcNow());
        if (TotpCode.Match(seed, CodeText.Of(answer["code"]), Digits(stage), now, drift: 0, lastStep: 0) is not { } step)
            return await AskAsync(stage, run, seed, FieldErrors.Of("code", Wrong), cancellation);
        var device = new TotpDevice
        {
            Name = "TOTP Authenticator",
            Seed = seal.Close(SealedFor.TotpSeed, seed),
            Digits = Digits(stage),
            LastStep = step,
            Drift = TotpCode.DriftOf(step, now),
        };
        await add.ExecuteAsync(run.Http, user, device, cancellation);
        run.Context.Remove(SeedKey);
        return StageOutcome.Done;
    }

    /// <summary>The seed of this run: a reload shows the same one.</summary>
    byte[] Seed(StageRun run)
    {
        if (run.Context.Text(SeedKey) is { } kept && seal.Open(SealedFor.TotpSeed, kept) is { } seed)
            return seed;
        seed = RandomNumberGenerator.GetBytes(TotpCode.SeedBytes);
        run.Context[SeedKey] = seal.Close(SealedFor.TotpSeed, seed);
        return seed;
    }

    async ValueTask<StageOutcome.Challenge> AskAsync(TotpStage stage, StageRun run, byte[] seed, FieldErrors errors, CancellationToken cancellation)
    {
        var issuer = (await brands.GetAsync(cancellation)).For(run.Http.Request.Host.Host).BrandingTitle;
        return new("ak-stage-authenticator-totp", new JsonObject { ["config_url"] = ConfigUrl(issuer, run.PendingUser!.Username, seed, Digits(stage)) }) { WithUser = true, Errors = errors };
    }

    static string ConfigUrl(string issuer, string username, byte[] seed, int digits) => string.Create(
        CultureInfo.InvariantCulture,
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(username)}?secret={TotpCode.ToBase32(seed)}&algorithm=SHA1&digits={digits}&period={TotpCode.StepSeconds}&issuer={Uri.EscapeDataString(issuer)}");

    static int Digits(TotpStage stage) => stage.Digits is TotpDigits.Eight ? 8 : 6;
}
