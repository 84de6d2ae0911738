using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Authenticators.Devices;
using Postern.Brands;
using Postern.Directory.Users;
using Postern.Flows;
using Postern.Flows.Running;
using Postern.Kernel;
using Postern.Storage;
using Postern.Storage.Snapshots;

namespace Postern.Authenticators.WebAuthn;

/// <summary>Registers a credential that the browser made for this very challenge (WebAuthn level 3, section 7.1).</summary>
sealed class RunWebAuthn(AddDevice add, PosternDb db, InstallId install, Snapshot<BrandPicture> brands) : IStage<WebAuthnStage>
{
    const string ChallengeKey = "goauthentik.io/stages/authenticator_webauthn/challenge";
    const string AttemptKey = "goauthentik.io/stages/authenticator_webauthn/attempt";

    public async ValueTask<StageOutcome> StartAsync(WebAuthnStage stage, StageRun run, CancellationToken cancellation) =>
        run.PendingUser is { Pk: > 0 } user ? await AskAsync(stage, run, user, new FieldErrors(), cancellation) : StageOutcome.Done;

    public async ValueTask<StageOutcome> AnswerAsync(WebAuthnStage stage, StageRun run, JsonObject answer, CancellationToken cancellation)
    {
        if (run.PendingUser is not { Pk: > 0 } user)
            return StageOutcome.Done;
        var challenge = run.Context.Text(ChallengeKey);
        run.Context.Remove(ChallengeKey);
        if (!answer.ContainsKey("response") || challenge is null)
            return await AskAsync(stage, run, user, FieldErrors.Of("response", "This field is required."), cancellation);
        var (device, refusal) = Read(stage, run, answer["response"], challenge, await BrandAsync(run, cancellation));
        if (device is not null && await db.Set<WebAuthnDevice>().AnyAsync(d => d.CredentialId == device.CredentialId, cancellation))
            refusal = "Credential ID already exists.";
        if (refusal is not null)
            return await RefuseAsync(stage, run, user, refusal, cancellation);
        await add.ExecuteAsync(run.Http, user, device!, cancellation);
        return StageOutcome.Done;
    }

    static (WebAuthnDevice? Device, string? Refusal) Read(WebAuthnStage stage, StageRun run, JsonNode? given, string challenge, string brand)
    {
        var party = RelyingParty.Of(run.Http);
        if (ClientResponse.Parse(given) is not { } response)
            return (null, Failed("The response is not readable"));
        if (response.Refusal("webauthn.create", challenge, party) is { } refusal)
            return (null, Failed(refusal));
        if (response.Part("attestationObject") is not { } bytes || Attestation.Parse(bytes) is not { } attestation
            || AuthenticatorData.Parse(attestation.AuthData, withCredential: true) is not { } data || CoseKey.AlgorithmOf(data.PublicKey) is null)
            return (null, Failed("The attestation is not readable"));
        if (!data.IsFor(party.Id) || !data.UserPresent || !data.CredentialId.AsSpan().SequenceEqual(response.CredentialId))
            return (null, Failed("The attestation is not for this site"));
        if (stage.UserVerification is UserVerification.Required && !data.UserVerified)
            return (null, Failed("User verification is required"));
        if (attestation.IsProven(data, response.ClientDataHash) is not { } proven)
            return (null, Failed("The attestation's signature is wrong"));
        if (!DeviceTypes.Allows(stage.DeviceTypeRestrictions, data.Aaguid))
            return (null, $"Invalid device type. Contact your {brand} administrator for help.");
        var device = new WebAuthnDevice
        {
            Name = DeviceTypes.NameOf(data.Aaguid) ?? "WebAuthn Device",
            CredentialId = data.CredentialId,
            PublicKey = data.PublicKey,
            SignCount = data.SignCount,
            RpId = party.Id,
            Aaguid = data.Aaguid,
            Attested = proven,
            Transports = [.. response.Transports],
        };
        return (device, null);
    }

    async ValueTask<StageOutcome> RefuseAsync(WebAuthnStage stage, StageRun run, User user, string refusal, CancellationToken cancellation)
    {
        var attempts = run.Context.TryGetValue(AttemptKey, out var count) && count is long before ? before + 1 : 1;
        run.Context[AttemptKey] = attempts;
        return stage.MaxAttempts > 0 && attempts >= stage.MaxAttempts
            ? StageOutcome.Deny($"Exceeded maximum attempts. Contact your {await BrandAsync(run, cancellation)} administrator for help.")
            : await AskAsync(stage, run, user, FieldErrors.Of("response", refusal), cancellation);
    }

    async ValueTask<StageOutcome.Challenge> AskAsync(WebAuthnStage stage, StageRun run, User user, FieldErrors errors, CancellationToken cancellation)
    {
        var challenge = CeremonyOptions.NewChallenge();
        run.Context[ChallengeKey] = challenge;
        var existing = await db.Set<WebAuthnDevice>().AsNoTracking().Where(d => d.UserPk == user.Pk).ToListAsync(cancellation);
        var uid = await install.UidAsync(user.Pk, cancellation);
        var options = CeremonyOptions.Registration(stage, RelyingParty.Of(run.Http), await BrandAsync(run, cancellation), user, uid, challenge, existing);
        return new("ak-stage-authenticator-webauthn", new JsonObject { ["registration"] = options }) { WithUser = true, Errors = errors };
    }

    async ValueTask<string> BrandAsync(StageRun run, CancellationToken cancellation) => (await brands.GetAsync(cancellation)).For(run.Http.Request.Host.Host).BrandingTitle;

    static string Failed(string why) => $"Registration failed. Error: {why}";
}
