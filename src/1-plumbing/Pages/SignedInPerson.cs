namespace Postern.Pages;

/// <summary>The person in the page's corner.</summary>
/// <param name="Name">The name to show.</param>
/// <param name="Detail">The second line: username or address.</param>
/// <param name="AvatarUrl">A picture; null shows initials.</param>
/// <param name="MayAdminister">Whether the switch to the admin interface is offered.</param>
public sealed record SignedInPerson(string Name, string Detail, string? AvatarUrl = null, bool MayAdminister = false)
{
    /// <summary>Set while an administrator acts as this person: where to stop.</summary>
    public string? EndImpersonationHref { get; init; }
}
