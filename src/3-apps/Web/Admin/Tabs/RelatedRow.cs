namespace Postern.Web.Admin.Tabs;

/// <summary>A row of a short list on a tab.</summary>
/// <param name="Key">What the row's button sends.</param>
/// <param name="Cells">Texts in the order of the columns; the first leads to <paramref name="Url"/>.</param>
/// <param name="Url">Page of what the row stands for; null for none.</param>
public sealed record RelatedRow(string Key, string? Url, params string[] Cells)
{
    /// <summary>A question to ask before the row goes (address of a dialog); null where a press does it.</summary>
    public string? RemoveUrl { get; init; }

    /// <summary>Off for rows that cannot be taken away here.</summary>
    public bool Removable { get; init; } = true;

    /// <summary>A word beside the name.</summary>
    public string? Mark { get; init; }
}
