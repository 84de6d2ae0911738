namespace Postern.Pages.Static;

/// <summary>Addresses of the built styles, scripts and images, by the name of their source.</summary>
public static class Asset
{
    public const string Root = "/static/dist/";

    /// <summary>The immutable address of <paramref name="name"/>, such as <c>console.css</c>; an unknown name is a bug.</summary>
    public static string Url(string name) =>
        AssetCatalog.Names.TryGetValue(name, out var hashed)
            ? Root + hashed
            : throw new ArgumentException($"No asset is called \"{name}\". Known: {string.Join(", ", AssetCatalog.Names.Keys)}.", nameof(name));
}
