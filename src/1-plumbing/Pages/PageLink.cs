namespace Postern.Pages;

/// <summary>A name and where it leads; without an address it is plain text.</summary>
public sealed record PageLink(string Name, string? Href = null);
