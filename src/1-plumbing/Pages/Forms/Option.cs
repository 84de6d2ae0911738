namespace Postern.Pages.Forms;

/// <summary>One thing to choose from.</summary>
/// <param name="Value">What the form posts.</param>
/// <param name="Text">What people read.</param>
/// <param name="Detail">A second, quieter text where there is room for it.</param>
public sealed record Option(string Value, string Text, string? Detail = null);
