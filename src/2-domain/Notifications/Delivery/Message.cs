using System.Text.Json.Nodes;
using Postern.Directory.Users;
using Postern.Events;
using Postern.Notifications.Dispatch;

namespace Postern.Notifications.Delivery;

/// <summary>One notification on its way to one person.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Text">What it says and where it leads.</param>
/// <param name="User">Whom it is for.</param>
/// <param name="Event">What it is about; null when that has expired.</param>
sealed record Message(Severity Severity, NotificationText Text, User User, Event? Event)
{
    /// <summary>Why it is sent: the rule's name.</summary>
    public string? Reason { get; init; }

    public string? EventEmail => Actor("email");

    public string? EventUsername => Actor("username");

    /// <summary>Texts of the event's context, for people to read.</summary>
    public IEnumerable<KeyValuePair<string, string>> Details => (Event?.Context ?? [])
        .Where(p => p.Value is JsonValue value && value.GetValueKind() is System.Text.Json.JsonValueKind.String)
        .Select(p => KeyValuePair.Create(p.Key, p.Value!.GetValue<string>()));

    string? Actor(string name) => Event?.User[name] is JsonValue value && value.ToString() is { Length: > 0 } text ? text : null;
}
