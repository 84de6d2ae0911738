using System.Globalization;
using Postern.Directory.Users;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Policies.Engine;
using Postern.Storage.Snapshots;

namespace Postern.Applications.Access;

/// <summary>Tells of every application whether a user may use it, and why. Writes nothing; the number of statements does not depend on the number of applications.</summary>
public sealed class FindEffectiveAccess(IAccess access, DecideAccess decide, TraceBindings trace, Snapshot<ApplicationPicture> pictures)
{
    /// <summary>Applications by name. Needs <c>view_user_applications</c> on the user; the reasons, the right to change the application. Faults: forbidden.</summary>
    public async Task<Result<IReadOnlyList<EffectiveAccess>>> ExecuteAsync(Caller caller, User user, HttpFacts? http, CancellationToken cancellation)
    {
        if (await access.RefuseAsync(caller, ListApplications.ViewOthers, user.Pk.ToString(CultureInfo.InvariantCulture), cancellation) is { } refusal)
            return refusal;
        var explained = await access.ScopeAsync(caller, ApplicationKind.Kind.Change, cancellation);
        var request = new PolicyRequest { User = user, Caller = caller, Http = http, Debug = true };
        var decided = new List<(Application Application, PolicyResult Result)>();
        foreach (var application in (await pictures.GetAsync(cancellation)).Applications.OrderBy(a => a.Name, StringComparer.OrdinalIgnoreCase))
            decided.Add((application, await decide.ExecuteAsync(application, request, cancellation)));
        var all = new PolicyResult(Passing: true, []) { Outcomes = [.. decided.SelectMany(d => d.Result.Outcomes)] };
        var lines = (await trace.OfAsync(all, cancellation)).ToLookup(l => l.Binding.Target);
        return Result<IReadOnlyList<EffectiveAccess>>.Of(
            [.. decided.Select(d => new EffectiveAccess(d.Application, d.Result, explained.Covers(ApplicationKind.Kind.KeyOf(d.Application)) ? [.. lines[d.Application.Pk]] : null))]);
    }
}

/// <summary>Whether a user may use one application.</summary>
/// <param name="Application">The application.</param>
/// <param name="Result">What its bindings say together.</param>
/// <param name="Lines">What each says; null where the asker may not see it.</param>
public sealed record EffectiveAccess(Application Application, PolicyResult Result, IReadOnlyList<BindingLine>? Lines)
{
    /// <summary>Why, in one sentence.</summary>
    public string Reason
    {
        get
        {
            if (Result.NothingBound)
                return Result.Passing ? "Nothing is bound to it, so everybody may use it." : "Nobody has been given access to it yet.";
            if (Lines is null)
                return Result.Passing ? "Its bindings allow it." : "Its bindings do not allow it.";
            var deciding = Lines.Where(l => l.Passing == Result.Passing).Select(l => $"{l.What} {l.Name}{(l.Binding.Negate ? " (negated)" : "")}");
            return $"{(Result.Passing ? "Allowed by" : "Not allowed by")} {string.Join(", ", deciding)}.";
        }
    }
}
