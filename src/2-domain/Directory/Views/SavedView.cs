namespace Postern.Directory.Views;

/// <summary>What somebody looks for again and again in a list: search, filters and order under a name. It belongs to one person.</summary>
public sealed class SavedView
{
    public Guid Pk { get; set; } = Guid.CreateVersion7();

    public int? UserPk { get; set; }

    /// <summary>The list by its path in the console, such as <c>directory/users</c>.</summary>
    public string List { get; set; } = "";

    public string Name { get; set; } = "";

    /// <summary>Parameters of the list as a query string, with its question mark.</summary>
    public string Query { get; set; } = "";
}
