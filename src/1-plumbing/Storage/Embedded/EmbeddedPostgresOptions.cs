namespace Postern.Storage.Embedded;

/// <summary>Where a private PostgreSQL keeps its data and how it is run.</summary>
public sealed record EmbeddedPostgresOptions
{
    /// <summary>The data folder (<c>DATA</c>); the cluster lives in its subfolder <c>postgres</c>.</summary>
    public required string DataRoot { get; init; }

    /// <summary>A folder holding <c>bin/postgres</c> (or <c>postgres</c> itself); searched for when not given.</summary>
    public string? BinariesDirectory { get; init; }

    /// <summary>False gives up crash safety for speed; only a cluster that is thrown away afterwards may do so.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>Server settings that replace the defaults, by name.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
