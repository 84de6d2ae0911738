namespace Postern.Pages;

/// <summary>Something the server tells once: a toast in the console, a notice on a flow page.</summary>
public sealed record PageMessage(Tone Tone, string Text);

/// <summary>A line on top of every page.</summary>
/// <param name="Href">Where more is to be read; null for nowhere.</param>
public sealed record PageBanner(Tone Tone, string Text, string? Href = null);
