using System.Text.Json.Nodes;
using Postern.Events;
using Postern.Events.Recording;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Kernel.Values;
using Postern.Storage.Objects;
using Postern.Storage.Opening;

namespace Postern.Keys;

/// <summary>Shows a certificate or a private key, each with a right of its own, and records who looked (event <c>secret_view</c>).</summary>
public sealed class RevealKeyPair(ObjectQuery objects, IAccess access, RecordEvent events, SecretSeal seal)
{
    /// <summary>Faults: forbidden, not found.</summary>
    public Task<Result<Revealed>> CertificateAsync(Caller caller, string lookup, CancellationToken cancellation) =>
        ExecuteAsync(caller, lookup, CertificateKeyPairKind.ViewCertificate, "certificate", pair => new Secret(pair.CertificateData), cancellation);

    /// <summary>Faults: forbidden, not found; invalid when the key cannot be read under this installation's secret key.</summary>
    public Task<Result<Revealed>> PrivateKeyAsync(Caller caller, string lookup, CancellationToken cancellation) =>
        ExecuteAsync(caller, lookup, CertificateKeyPairKind.ViewKey, "private_key", pair => seal.Open(pair.KeyData, CertificateKeyPair.Purpose), cancellation);

    async Task<Result<Revealed>> ExecuteAsync(
        Caller caller, string lookup, string right, string type, Func<CertificateKeyPair, Secret?> read, CancellationToken cancellation)
    {
        var kind = CertificateKeyPairKind.Kind;
        if (!(await objects.FindAsync(kind, caller, lookup, tracked: false, cancellation)).Succeeded(out var found, out var missing))
            return missing;
        var pair = (CertificateKeyPair)found;
        if (await access.RefuseAsync(caller, new Permission(kind.App, right), kind.KeyOf(pair), cancellation) is { } refusal)
            return refusal;
        if (read(pair) is not { } secret)
            return Fault.Input("The private key was stored under another secret key and cannot be read.");
        var context = new JsonObject { ["secret"] = ObjectPart.Of(kind, pair), ["type"] = type };
        await events.SaveAsync(caller, EventAction.SecretView, "authentik.crypto.api", context, actor: null, cancellation);
        return new Revealed(pair.Name, secret);
    }

    /// <summary>The text, and the name of its pair for a file.</summary>
    public sealed record Revealed(string Name, Secret Text);
}
