namespace Postern.Notifications;

/// <summary>How much a notification matters.</summary>
public enum Severity
{
    Notice,
    Warning,
    Alert,
}
