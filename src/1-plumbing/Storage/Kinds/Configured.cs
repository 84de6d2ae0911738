namespace Postern.Storage.Kinds;

/// <summary>
/// An entity of a family of kinds (stages, policies, mappings, ...) whose rows share one table: what all have in common are columns,
/// what is a kind's own lives in the <c>config</c> column, written and read by the kind's fields.
/// </summary>
public abstract class Configured
{
    public Guid Pk { get; set; } = Guid.CreateVersion7();

    /// <summary>Own fields as JSON; kept by <see cref="PosternDb"/>.</summary>
    internal string Config { get; set; } = "{}";
}
