namespace Postern.Sources.Connections;

/// <summary>An account elsewhere that stands for a user here.</summary>
public abstract class Connection
{
    public int Pk { get; set; }

    public int UserPk { get; set; }

    public Guid SourcePk { get; set; }

    /// <summary>The source's name for the account, which never changes.</summary>
    public string Identifier { get; set; } = "";

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset LastUpdated { get; set; }
}

/// <summary>Of a source of whatever kind.</summary>
public sealed class UserSourceConnection : Connection;

/// <summary>Of an OAuth source.</summary>
public sealed class OAuthConnection : Connection;
