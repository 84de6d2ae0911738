namespace Postern.Pages.Menu;

/// <summary>A headed part of the console's menu; without a title its items stand on their own.</summary>
public sealed record MenuGroup(string? Title, IReadOnlyList<MenuItem> Items);
