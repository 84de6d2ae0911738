using Microsoft.EntityFrameworkCore;
using Postern.Storage;
using Postern.Storage.Checks;

namespace Postern.Brands;

/// <summary>Whether each brand has the flows that people need, and one brand is for everybody else.</summary>
sealed class BrandFlowsCheck(PosternDb db) : ICheck
{
    public string Name => "brands";

    public async Task<IReadOnlyList<Finding>> ExecuteAsync(CancellationToken cancellation)
    {
        var brands = await db.Set<Brand>().AsNoTracking().OrderBy(b => b.Domain).ToListAsync(cancellation);
        List<Finding> findings = [];
        if (!brands.Exists(b => b.Default))
            findings.Add(Finding.Error("No brand is the default one: who comes by a host that no brand names has no flow to sign in with.", "System > Brands: mark one as default."));
        foreach (var brand in brands)
        {
            if (brand.FlowAuthentication is null)
                findings.Add(Finding.Error($"The brand {brand.Domain} has no authentication flow: nobody can sign in.", "System > Brands: choose one."));
            if (brand.FlowInvalidation is null)
                findings.Add(Finding.Warning($"The brand {brand.Domain} has no invalidation flow: nobody can sign out.", "System > Brands: choose one."));
            if (brand.FlowRecovery is null)
                findings.Add(Finding.Good($"The brand {brand.Domain} has no recovery flow: who forgets the password asks an administrator."));
        }
        return findings.Exists(f => f.Level is not Level.Good) ? findings : [Finding.Good("Every brand has its flows."), .. findings];
    }
}
