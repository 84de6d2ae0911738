using Postern.Enterprise.Ladder;
using Postern.Kernel;
using Postern.Licensing;
using Postern.Storage.Snapshots;

namespace Postern.Enterprise.Licenses;

/// <summary>Shows what installing a key would do. Writes nothing. Faults: invalid.</summary>
sealed class PreviewLicense(VerifyLicense verify, Snapshot<LicensePicture> picture, TimeProvider clock)
{
    public async Task<Result<LicensePreview>> ExecuteAsync(string key, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (!(await verify.ExecuteAsync(LicenseVerifier.Tidy(key), cancellation)).Succeeded(out var document, out var fault))
            return fault;
        if (VerifyLicense.RefuseAt(document, now) is { } refusal)
            return refusal;
        var known = await picture.GetAsync(cancellation);
        return new LicensePreview(document, DecideState.Of([.. known.Licenses, LicensePicture.Held(document, now.UtcDateTime)], known.Counts, now));
    }
}

/// <summary>A readable key and the state after its installation.</summary>
sealed record LicensePreview(LicenseDocument Document, LicenseState After);
