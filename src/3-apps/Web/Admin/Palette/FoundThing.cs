namespace Postern.Web.Admin.Palette;

/// <summary>Something of the console that a search found: a page, an action or an object.</summary>
/// <param name="Group">Heading it stands under.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Detail">What tells it from others of its name; empty for nothing.</param>
/// <param name="Url">Where it leads.</param>
public sealed record FoundThing(string Group, string Name, string Detail, string Url, string Icon);
