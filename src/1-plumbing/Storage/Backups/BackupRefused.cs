namespace Postern.Storage.Backups;

/// <summary>A backup cannot be written, read or restored; the message says why and what to do.</summary>
public sealed class BackupRefused(string message, Exception? cause = null) : Exception(message, cause);
