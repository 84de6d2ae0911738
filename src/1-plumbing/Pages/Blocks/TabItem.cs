namespace Postern.Pages.Blocks;

/// <summary>One tab: its name, its address, whether it is open, how many things it holds.</summary>
public sealed record TabItem(string Name, string Href, bool Current = false, int? Count = null);
