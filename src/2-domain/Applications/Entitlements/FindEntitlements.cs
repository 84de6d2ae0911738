using System.Text.Json.Nodes;
using Postern.Directory.Attributes;
using Postern.Policies.Engine;
using Postern.Storage.Snapshots;

namespace Postern.Applications.Entitlements;

/// <summary>Answers which entitlements of an application somebody has: those with a binding that fits them.</summary>
public sealed class FindEntitlements(PolicyEngine engine, Snapshot<ApplicationPicture> pictures)
{
    /// <summary>Entitlements by name; what nothing is bound to nobody has.</summary>
    public async ValueTask<IReadOnlyList<ApplicationEntitlement>> OfAsync(Guid application, PolicyRequest request, CancellationToken cancellation)
    {
        var held = new List<ApplicationEntitlement>();
        foreach (var entitlement in (await pictures.GetAsync(cancellation)).EntitlementsOf(application))
        {
            var result = await engine.EvaluateAsync(entitlement.Pk, PolicyEngineMode.Any, request.About(entitlement), cancellation);
            if (result is { Passing: true, NothingBound: false })
                held.Add(entitlement);
        }
        return held;
    }

    /// <summary>Their attributes as one object, later names over earlier ones.</summary>
    public async ValueTask<JsonObject> AttributesOfAsync(Guid application, PolicyRequest request, CancellationToken cancellation)
    {
        var merged = new JsonObject();
        foreach (var entitlement in await OfAsync(application, request, cancellation))
            AttributeMerge.Into(merged, entitlement.Attributes);
        return merged;
    }
}
