using System.Text.Json.Nodes;
using Postern.Events.Chain;
using Postern.Jose;
using Postern.Kernel;
using Postern.Storage.Snapshots;

namespace Postern.Keys;

/// <summary>Signs exports of the audit log. Its certificate goes along in the payload, so that others can verify with any JOSE library.</summary>
sealed class SignAudit(Snapshot<KeyPicture> keys) : ISignAudit
{
    const string Type = "postern-audit+jwt";

    public async Task<Result<string>> SignAsync(JsonObject payload, string? pair, CancellationToken cancellation)
    {
        var able = (await keys.GetAsync(cancellation)).All.Where(k => KeyOf(k) is not null).ToList();
        var chosen = pair is null ? able.Find(k => k.Name is FirstKeyPair.Name) ?? able.FirstOrDefault() : able.Find(k => string.Equals(k.Name, pair, StringComparison.Ordinal));
        if (chosen is null)
            return Fault.Input(pair is null ? "There is no key pair to sign with. Make one under System > Certificates." : $"There is no key pair {pair} with a private key to sign with.");
        payload["certificate"] = chosen.CertificatePem;
        return CompactJws.Sign(payload, KeyOf(chosen)!, Type);
    }

    public async Task<JsonObject?> OpenAsync(string signed, CancellationToken cancellation)
    {
        if (CompactJws.Read(signed) is not { Type: Type } token)
            return null;
        var ours = (await keys.GetAsync(cancellation)).All.Select(KeyOf).Any(k => k is not null && string.Equals(k.KeyId, token.KeyId, StringComparison.Ordinal) && token.IsSignedBy(k));
        return ours ? token.Payload : null;
    }

    static SigningKey? KeyOf(OpenKeyPair pair) => pair.PrivateKey is { } key ? SigningKey.Of(key) : null;
}
