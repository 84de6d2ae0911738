using System.Text.Json.Nodes;

namespace Postern.Events;

/// <summary>
/// Names of actions that blueprints of later releases match by, while events keep the names that every published client knows.
/// What each stands for is said here once. <c>login_blocked</c> stands for nothing yet: no check of this product blocks a sign-in by travel.
/// </summary>
public static class LaterActions
{
    static readonly Dictionary<string, Func<Event, bool>> meanings = new(StringComparer.Ordinal)
    {
        ["mfa_device_added"] = static e => IsOfDevice(e, DeviceAdded),
        ["mfa_device_removed"] = static e => IsOfDevice(e, DeviceRemoved),
        ["login_blocked"] = static _ => false,
        ["user_created"] = static e => e.Action switch
        {
            "model_created" => e.Context["model"]?["model_name"]?.ToString() is "user",
            // What prompts asked for stands beside it, and may be of the same name.
            "user_write" => e.Context["created"] is JsonValue made && made.TryGetValue<bool>(out var isNew) && isNew,
            _ => false,
        },
    };

    /// <summary>Message of the event of a device that was added; the published names have none for it.</summary>
    public const string DeviceAdded = "MFA device added";

    /// <summary>Message of the event of a device that was removed.</summary>
    public const string DeviceRemoved = "MFA device removed";

    public static IReadOnlyCollection<string> Names => meanings.Keys;

    /// <summary>Whether an event is of an action, by the name it is stored under or by a later one.</summary>
    public static bool Fits(string action, Event entry) =>
        meanings.TryGetValue(action, out var means) ? means(entry) : string.Equals(action, entry.Action, StringComparison.Ordinal);

    static bool IsOfDevice(Event entry, string message) =>
        entry.Action is EventActions.CustomPrefix && entry.Context["device"] is not null && string.Equals(entry.Context["message"]?.ToString(), message, StringComparison.Ordinal);
}
