using Postern.Kernel.Values;

namespace Postern.Events;

/// <summary>The kinds of things that happen.</summary>
public enum EventAction
{
    Login,
    LoginFailed,
    Logout,
    UserWrite,
    UserOffboarded,
    SuspiciousRequest,
    PasswordSet,
    SecretView,
    SecretRotate,
    InvitationUsed,
    AuthorizeApplication,
    SourceLinked,
    ImpersonationStarted,
    ImpersonationEnded,
    FlowExecution,
    PolicyExecution,
    PolicyException,
    PropertyMappingException,
    SystemTaskExecution,
    SystemTaskException,
    SystemException,
    ConfigurationError,
    ConfigurationWarning,
    ModelCreated,
    ModelUpdated,
    ModelDeleted,
    EmailSent,
    UpdateAvailable,
    ExportReady,
    ReviewInitiated,
    ReviewOverdue,
    ReviewAttested,
    ReviewCompleted,
    AccessRequestCreated,
    AccessRequestApproved,
    AccessRequestDenied,
    AccessRequestRevoked,
}

/// <summary>Actions as texts.</summary>
public static class EventActions
{
    /// <summary>Start of the names that expressions and other programs give to their own events.</summary>
    public const string CustomPrefix = "custom_";

    /// <summary>All names the wire knows, the custom prefix last.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. WireEnum<EventAction>.All, CustomPrefix];

    /// <summary>The stored name of a free-form action: itself where it is known, else with the custom prefix.</summary>
    public static string Stored(string action) =>
        WireEnum<EventAction>.TryParse(action, out _) || action.StartsWith(CustomPrefix, StringComparison.Ordinal) ? action : CustomPrefix + action;

    /// <summary>What is wrong with an action given from outside; null when nothing is.</summary>
    public static string? Refusal(string action) =>
        action.StartsWith(CustomPrefix, StringComparison.Ordinal) || WireEnum<EventAction>.TryParse(action, out _) ? null : $"\"{action}\" is not a valid choice.";

    /// <summary>Name for people: <c>login_failed</c> is "Login failed".</summary>
    public static string Label(string action)
    {
        var words = action.TrimEnd('_').Replace('_', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }
}
