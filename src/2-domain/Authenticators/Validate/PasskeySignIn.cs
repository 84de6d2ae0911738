using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Authenticators.WebAuthn;
using Postern.Brands;
using Postern.Directory.Users;
using Postern.Flows;
using Postern.Flows.Running;
using Postern.Kernel;
using Postern.Storage;
using Postern.Storage.Snapshots;

namespace Postern.Authenticators.Validate;

/// <summary>Signing in with a passkey instead of a name, for stages that ask who somebody is; a validation stage says what is accepted.</summary>
public sealed class PasskeySignIn
{
    const string ChallengeKey = "goauthentik.io/stages/identification/passkey_challenge";

    readonly CheckAssertion assertions;
    readonly Validated validated;
    readonly PosternDb db;
    readonly Snapshot<BrandPicture> brands;

    internal PasskeySignIn(CheckAssertion assertions, Validated validated, PosternDb db, Snapshot<BrandPicture> brands) =>
        (this.assertions, this.validated, this.db, this.brands) = (assertions, validated, db, brands);

    /// <summary>Options for the browser; null where the stage accepts no passkeys. Each call makes the challenge before it worthless.</summary>
    public static JsonObject? Offer(Stage? rules, StageRun run)
    {
        if (rules is not ValidateStage stage || !stage.DeviceClasses.Contains("webauthn", StringComparer.Ordinal))
            return null;
        var challenge = CeremonyOptions.NewChallenge();
        run.Context[ChallengeKey] = challenge;
        return CeremonyOptions.Assertion(RelyingParty.Of(run.Http), challenge, stage.WebauthnUserVerification, stage.WebauthnHints, []);
    }

    /// <summary>Makes the passkey's owner the person the flow is about. Faults: invalid, on the field <c>webauthn</c>.</summary>
    public async ValueTask<Result<User>> AnswerAsync(Stage? rules, StageRun run, JsonNode? answer, CancellationToken cancellation)
    {
        var challenge = run.Context.Text(ChallengeKey);
        run.Context.Remove(ChallengeKey);
        if (rules is not ValidateStage stage || challenge is null)
            return Fault.Field("webauthn", "Assertion failed");
        var brand = (await brands.GetAsync(cancellation)).For(run.Http.Request.Host.Host).BrandingTitle;
        var wanted = new AssertionWanted(challenge, RelyingParty.Of(run.Http), stage.WebauthnUserVerification, stage.WebauthnAllowedDeviceTypes, brand);
        if (!(await assertions.ExecuteAsync(ClientResponse.Parse(answer), wanted, user: null, cancellation)).Succeeded(out var device, out var fault))
        {
            await validated.FailedAsync(stage, run, "", cancellation);
            return fault;
        }
        if (await db.Set<User>().FirstOrDefaultAsync(u => u.Pk == device.UserPk && u.IsActive, cancellation) is not { } owner)
            return Fault.Field("webauthn", "Assertion failed");
        validated.Owner(run, owner, device);
        return owner;
    }
}
