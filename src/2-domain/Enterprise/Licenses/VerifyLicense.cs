using System.Collections.Concurrent;
using Postern.Directory.Users;
using Postern.Kernel;
using Postern.Licensing;

namespace Postern.Enterprise.Licenses;

/// <summary>Reads keys for this installation, the same way when one is installed and whenever one is loaded; what was read once is remembered.</summary>
public sealed class VerifyLicense(LicenseVerifier verifier, InstallId install)
{
    static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    readonly ConcurrentDictionary<string, LicenseDocument> known = new(StringComparer.Ordinal);

    /// <summary>Faults: invalid, on the field <c>key</c>. Expired keys are readable.</summary>
    public async ValueTask<Result<LicenseDocument>> ExecuteAsync(string key, CancellationToken cancellation)
    {
        if (known.TryGetValue(key, out var document))
            return document;
        var read = verifier.Verify(key, Guid.Parse(await install.GetAsync(cancellation)));
        if (read.Fault is null)
            known[key] = read.Value;
        return read;
    }

    /// <summary>Why a readable key cannot be installed now; null when it can.</summary>
    public static Fault? RefuseAt(LicenseDocument document, DateTimeOffset now)
    {
        if (DateTimeOffset.FromUnixTimeSeconds(document.ExpiresAt) <= now)
            return Fault.Field(LicenseKind.KeyField, $"This license expired on {DateTimeOffset.FromUnixTimeSeconds(document.ExpiresAt):yyyy-MM-dd}.");
        return document.NotBefore is { } from && DateTimeOffset.FromUnixTimeSeconds(from) > now + Tolerance
            ? Fault.Field(LicenseKind.KeyField, $"This license begins on {DateTimeOffset.FromUnixTimeSeconds(from):yyyy-MM-dd}.")
            : null;
    }
}
