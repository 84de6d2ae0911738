namespace Postern.Portal.Access;

/// <summary>What a door asks of whoever comes.</summary>
enum Right
{
    /// <summary>Nothing.</summary>
    Public,

    /// <summary>To be signed in.</summary>
    SignedIn,

    /// <summary>To belong to the organization of the address; the vendor's support staff may look too.</summary>
    Member,

    /// <summary>To own the organization of the address.</summary>
    Owner,

    /// <summary>To be one of the vendor's support staff.</summary>
    Support,

    /// <summary>A token of the API, with the scope that the door names besides.</summary>
    Token,
}

/// <summary>The right a door was declared with; a door without one stays shut.</summary>
sealed record Needed(Right Right);

/// <summary>Declares the rights of doors.</summary>
static class RightDeclaration
{
    public static TBuilder Needs<TBuilder>(this TBuilder door, Right right)
        where TBuilder : IEndpointConventionBuilder => door.WithMetadata(new Needed(right));
}
