namespace Postern.Hosting;

/// <summary>The product cannot start; the message says why and what to do.</summary>
public sealed class StartRefused(string message, Exception cause) : Exception(message, cause);
