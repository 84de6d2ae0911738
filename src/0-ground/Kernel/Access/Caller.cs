using System.Net;

namespace Postern.Kernel.Access;

/// <summary>Who asks for something: a person, a token's owner, nobody, or the product itself.</summary>
/// <param name="UserPk">Primary key of the user; null for nobody and for the product itself.</param>
/// <param name="Username">Username for audit records.</param>
/// <param name="IsSuperuser">Member, directly or through ancestors, of a superuser group.</param>
/// <param name="Kind">How the caller came in.</param>
public sealed record Caller(int? UserPk, string Username, bool IsSuperuser, CallerKind Kind)
{
    /// <summary>The product itself: start-up, jobs.</summary>
    public static readonly Caller System = new(null, "system", IsSuperuser: true, CallerKind.System);

    /// <summary>Somebody at the command line of the server's own machine, who may do what the product may. What they do is an act of theirs, and recorded.</summary>
    public static readonly Caller Operator = new(null, "operator", IsSuperuser: true, CallerKind.Operator);

    /// <summary>Nobody is signed in.</summary>
    public static readonly Caller Anonymous = new(null, "AnonymousUser", IsSuperuser: false, CallerKind.Anonymous);

    /// <summary>E-mail address for audit records; empty where there is none.</summary>
    public string Email { get; init; } = "";

    /// <summary>The language the person chose for themselves; null for that of their browser.</summary>
    public string? Locale { get; init; }

    public bool IsAuthenticated => Kind is CallerKind.User;

    public bool IsSystem => Kind is CallerKind.System or CallerKind.Operator;

    /// <summary>Address of the caller, after trusted proxies; null outside a request.</summary>
    public IPAddress? ClientIp { get; init; }

    /// <summary>The administrator behind an impersonated session.</summary>
    public Caller? Impersonator { get; init; }

    /// <summary>The request this call came in with, for audit records; null outside a request.</summary>
    public RequestInfo? Request { get; init; }

    /// <summary>Roles that count for this caller, direct and inherited.</summary>
    public IReadOnlyList<Guid> Roles { get; init; } = [];
}

/// <summary>How a caller came in.</summary>
public enum CallerKind
{
    Anonymous,
    User,
    System,
    Operator,
}

/// <summary>The parts of an HTTP request that audit records and policies may see.</summary>
public sealed record RequestInfo(string Id, string Method, string Path, string UserAgent)
{
    /// <summary>The query string, without its question mark.</summary>
    public string Query { get; init; } = "";

    /// <summary>The brand that answers; null before it is known.</summary>
    public ObjectName? Brand { get; init; }

    /// <summary>Attributes of that brand, which lie below those of groups and users.</summary>
    public System.Text.Json.Nodes.JsonObject? BrandAttributes { get; init; }
}

/// <summary>Names an object for records that outlive it: its kind, key and name.</summary>
public sealed record ObjectName(string App, string Model, string Key, string Name);
