using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Api.Http;
using Postern.Authenticators.Devices;
using Postern.Authenticators.WebAuthn;
using Postern.Directory.Users;
using Postern.Events;
using Postern.Events.Recording;
using Postern.Flows;
using Postern.Flows.Running;
using Postern.Kernel.Values;
using Postern.Policies.Reputation;
using Postern.Storage;
using Postern.Storage.Kinds;

namespace Postern.Authenticators.Validate;

/// <summary>What follows from a right answer, and from a wrong one.</summary>
sealed class Validated(PosternDb db, LastValidation last, RecordReputation reputation, RecordEvent events, KindRegistry kinds)
{
    const string Backend = "authentik.core.auth.InbuiltBackend";
    const string ArgsKey = "auth_method_args";
    const string DevicesKey = "mfa_devices";

    /// <summary>A device of the pending user answered.</summary>
    public StageOutcome Done(ValidateStage stage, StageRun run, Device device)
    {
        var threshold = Duration.Parse(stage.LastAuthThreshold);
        if (threshold >= TimeSpan.FromSeconds(1))
            last.Remember(run.Http, stage, device, threshold);
        return Again(run, device);
    }

    /// <summary>It answered on this browser not long ago.</summary>
    public StageOutcome Again(StageRun run, Device device)
    {
        run.Context.TryAdd("auth_method", "auth_mfa");
        var args = Args(run);
        args[DevicesKey] = (args.TryGetValue(DevicesKey, out var list) && list is IEnumerable<object?> before ? before : []).Append(Shown(device)).ToList();
        return StageOutcome.Done;
    }

    /// <summary>A passkey answered without anybody having said who they are: its owner did.</summary>
    public async ValueTask<StageOutcome> OwnerAsync(ValidateStage stage, StageRun run, WebAuthnDevice device, CancellationToken cancellation)
    {
        if (await db.Set<User>().FirstOrDefaultAsync(u => u.Pk == device.UserPk, cancellation) is not { } owner)
            return StageOutcome.Deny(null);
        Owner(run, owner, device);
        var threshold = Duration.Parse(stage.LastAuthThreshold);
        if (threshold >= TimeSpan.FromSeconds(1))
            last.Remember(run.Http, stage, device, threshold);
        return StageOutcome.Done;
    }

    /// <summary>Makes the owner of a passkey the person the flow is about.</summary>
    public void Owner(StageRun run, User owner, WebAuthnDevice device)
    {
        // What expressions test to see that somebody proved who they are.
        owner.Backend = Backend;
        run.Context["user_backend"] = Backend;
        run.Context.PendingUser = owner;
        run.Context["auth_method"] = "auth_webauthn_pwl";
        var args = Args(run);
        (args["device"], args["device_type"]) = (Shown(device), DeviceTypes.NameOf(device.Aaguid));
    }

    /// <summary>Writes the event <c>login_failed</c> and lowers the reputation of name and address.</summary>
    public async ValueTask FailedAsync(ValidateStage stage, StageRun run, string username, CancellationToken cancellation)
    {
        var caller = run.Http.Caller();
        events.Add(caller, EventAction.LoginFailed, "authentik_stages_authenticator_validate", new JsonObject
        {
            ["username"] = username,
            ["stage"] = new JsonObject { ["pk"] = stage.Pk, ["name"] = stage.Name },
        });
        if (caller.ClientIp is { } ip && username.Length > 0)
            await reputation.ExecuteAsync(username, ip, -1, cancellation);
    }

    public JsonObject Offer(Stage stage)
    {
        var kind = kinds.Of(stage.GetType())!;
        return new() { ["pk"] = stage.Pk, ["name"] = stage is SetupStage { FriendlyName.Length: > 0 } setup ? setup.FriendlyName : stage.Name, ["verbose_name"] = kind.Label, ["meta_model_name"] = kind.Name };
    }

    Dictionary<string, object?> Shown(Device device)
    {
        var kind = kinds.Of(device.GetType())!;
        return new(StringComparer.Ordinal) { ["pk"] = device.Pk.ToString(CultureInfo.InvariantCulture), ["app"] = kind.App, ["name"] = device.Name, ["model_name"] = kind.Model };
    }

    static IDictionary<string, object?> Args(StageRun run)
    {
        if (run.Context.TryGetValue(ArgsKey, out var known) && known is IDictionary<string, object?> args)
            return args;
        var fresh = new Dictionary<string, object?>(StringComparer.Ordinal);
        run.Context[ArgsKey] = fresh;
        return fresh;
    }
}
