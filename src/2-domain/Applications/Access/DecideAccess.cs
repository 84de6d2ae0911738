using Postern.Brands.Settings;
using Postern.Policies.Engine;
using Postern.Storage.Snapshots;

namespace Postern.Applications.Access;

/// <summary>
/// Decides who may use an application: its bindings say, and nothing else — superusers pass no more easily than others. Where nothing is bound
/// the system setting <c>core_default_app_access</c> decides.
/// </summary>
public sealed class DecideAccess(PolicyEngine engine, Snapshot<SystemSettings> settings)
{
    /// <summary>Whether the request's user may use the application, and why.</summary>
    public async ValueTask<PolicyResult> ExecuteAsync(Application application, PolicyRequest request, CancellationToken cancellation)
    {
        var result = await engine.EvaluateAsync(application.Pk, application.PolicyEngineMode, request.About(application), cancellation);
        return result.NothingBound && !await IsOpenAsync(cancellation)
            ? result with { Passing = false, Messages = ["Nobody has been given access to this application yet."] }
            : result;
    }

    /// <summary>The applications the request's user may use. Group memberships are asked once, bindings and policies come from memory.</summary>
    public async ValueTask<IReadOnlyList<Application>> AmongAsync(IEnumerable<Application> applications, PolicyRequest request, CancellationToken cancellation)
    {
        var open = await IsOpenAsync(cancellation);
        var passing = new List<Application>();
        foreach (var application in applications)
        {
            var result = await engine.EvaluateAsync(application.Pk, application.PolicyEngineMode, request.About(application), cancellation);
            if (result.Passing && (open || !result.NothingBound))
                passing.Add(application);
        }
        return passing;
    }

    async ValueTask<bool> IsOpenAsync(CancellationToken cancellation) =>
        (await settings.GetAsync(cancellation)).Flags["core_default_app_access"]?.GetValue<bool>() is not false;
}
