namespace Postern.Kernel.Settings;

/// <summary>The least severe messages that are logged.</summary>
public enum LogThreshold
{
    Trace,
    Debug,
    Info,
    Warning,
    Error,
}
