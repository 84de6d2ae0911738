using Postern.Enterprise.Licenses;
using Postern.Enterprise.ReadOnly;
using Postern.Kernel.Access;
using Postern.Kernel.Settings;

namespace Postern.Enterprise.Gates;

/// <summary>Answers other slices from the state of the licences.</summary>
sealed class LicenseRules(ReadLicenses licenses, PosternSettings settings) : ILicenseRules
{
    public bool IsGated(LicensedFeature feature) => settings.GatedFeatures.Contains(feature);

    public async ValueTask<bool> LacksAsync(LicensedFeature feature, CancellationToken cancellation) => IsGated(feature) && !(await licenses.GetAsync(cancellation)).IsLicensed;

    public async ValueTask<bool> MayWriteAsync(string kind, bool isNew, CancellationToken cancellation) =>
        ReadOnlyRules.MayWrite(kind, isNew) || !(await licenses.GetAsync(cancellation)).IsReadOnly;
}
