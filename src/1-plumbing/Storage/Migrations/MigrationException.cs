namespace Postern.Storage.Migrations;

/// <summary>The database's schema cannot be brought to this version; the message names the file and what to do.</summary>
public sealed class MigrationException : Exception
{
    public MigrationException(string message) : base(message) { }

    public MigrationException(string message, Exception innerException) : base(message, innerException) { }

    public MigrationException() { }
}
