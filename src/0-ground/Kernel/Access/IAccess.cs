namespace Postern.Kernel.Access;

/// <summary>Answers what a caller may do. Every use case asks it first.</summary>
public interface IAccess
{
    /// <summary>Which objects of a kind the caller holds the permission on.</summary>
    ValueTask<AccessScope> ScopeAsync(Caller caller, Permission permission, CancellationToken cancellation);
}

/// <summary>The objects a permission covers: all, some by key, or none.</summary>
public sealed record AccessScope
{
    public static readonly AccessScope Everything = new() { All = true };
    public static readonly AccessScope Nothing = new();

    public bool All { get; init; }

    /// <summary>Keys (as text) of the objects covered when not <see cref="All"/>.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    public bool IsEmpty => !All && Keys.Count == 0;

    public bool Covers(string key) => All || Keys.Contains(key, StringComparer.Ordinal);
}

/// <summary>Shorthands over <see cref="IAccess"/>.</summary>
public static class AccessChecks
{
    /// <summary>Null when the caller holds the permission on everything (or on the object named), else the fault to answer.</summary>
    public static async ValueTask<Fault?> RefuseAsync(this IAccess access, Caller caller, Permission permission, string? key, CancellationToken cancellation)
    {
        if (caller.IsSystem)
            return null;
        if (caller.Kind is CallerKind.Anonymous)
            return new Fault.Unauthenticated();
        var scope = await access.ScopeAsync(caller, permission, cancellation);
        return scope.All || (key is not null && scope.Covers(key)) ? null : new Fault.Forbidden();
    }
}
