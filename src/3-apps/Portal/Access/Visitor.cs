using Postern.Portal.Organizations;
using Postern.Portal.SignIn;

namespace Postern.Portal.Access;

/// <summary>The signed-in person of a request, with the session.</summary>
public sealed record Visitor(Person Person, PortalSession Session)
{
    public string Subject => Person.Subject;

    public bool IsSupport => Person.IsSupport;
}

/// <summary>A place at the table of an organization: the proof that somebody may act in it, made at the gate only.</summary>
/// <param name="Role">Null for support staff, who look without belonging.</param>
public sealed record Seat(Organization Organization, Role? Role, Actor Actor)
{
    public Guid OrganizationId => Organization.Id;

    public bool MayManage => Role is Organizations.Role.Owner;
}

/// <summary>Who did something, for the audit trail.</summary>
/// <param name="Subject">The person; empty for the portal itself.</param>
public sealed record Actor(string Subject, string Name, string Address)
{
    public static readonly Actor Portal = new("", "The portal", "");
}

/// <summary>Carries visitor and seat from the gate to the doors.</summary>
static class VisitorFeature
{
    /// <summary>Who came; null for strangers.</summary>
    public static Visitor? VisitorOrNone(this HttpContext http) => http.Features.Get<Visitor>();

    /// <summary>Who came, behind doors that only open for people who are signed in.</summary>
    public static Visitor Visitor(this HttpContext http) => http.VisitorOrNone() ?? throw new InvalidOperationException("This door was declared open to strangers.");

    /// <summary>The seat, behind doors of an organization.</summary>
    public static Seat Seat(this HttpContext http) => http.Features.Get<Seat>() ?? throw new InvalidOperationException("This door belongs to no organization.");

    public static Actor Actor(this HttpContext http) =>
        http.VisitorOrNone() is { } visitor ? new(visitor.Subject, visitor.Person.DisplayName, http.Connection.RemoteIpAddress?.ToString() ?? "") : Access.Actor.Portal;
}
