namespace Postern.Kernel.Access;

/// <summary>What the licences of an installation allow.</summary>
public interface ILicenseRules
{
    /// <summary>Said to whoever writes what a read-only installation does not.</summary>
    const string Denied = "Request denied due to expired/invalid license.";

    /// <summary>The installation keeps this feature for whoever has a licence.</summary>
    bool IsGated(LicensedFeature feature);

    /// <summary>The feature is kept for whoever has a licence, and there is none.</summary>
    ValueTask<bool> LacksAsync(LicensedFeature feature, CancellationToken cancellation);

    /// <summary>Whether objects of a kind, by its wire name, may be written; read-only installations write few.</summary>
    ValueTask<bool> MayWriteAsync(string kind, bool isNew, CancellationToken cancellation);
}
