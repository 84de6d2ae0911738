namespace Postern.Pages.Tables;

/// <summary>Something to do with the chosen rows: opens <paramref name="Href"/> with their keys as <c>selected</c> parameters.</summary>
public sealed record BulkAction(string Name, string Href, string Icon, bool Danger = false);
