namespace Postern.Storage.Embedded;

/// <summary>The private database could not be started; the message says why and what to do.</summary>
public sealed class EmbeddedPostgresException : Exception
{
    public EmbeddedPostgresException(string message) : base(message) { }

    public EmbeddedPostgresException(string message, Exception innerException) : base(message, innerException) { }

    public EmbeddedPostgresException() { }
}
