using System.Text.Json.Nodes;
using Postern.Events;

namespace Postern.Notifications.Dispatch;

/// <summary>What a notification says: its text and where it leads.</summary>
sealed record NotificationText(string Body, string? Hyperlink, string? HyperlinkLabel)
{
    const int Longest = 2000;

    /// <summary>The event in one sentence, with its own link where it has one.</summary>
    public static NotificationText Of(Event entry) =>
        new($"{entry.Action}: {Subject(entry)}"[..Math.Min(Longest, entry.Action.Length + 2 + Subject(entry).Length)], Text(entry.Context, "hyperlink"), Text(entry.Context, "hyperlink_label"));

    static string Subject(Event entry) =>
        Text(entry.Context, "message") ?? (entry.Context["model"] is JsonObject model
            ? $"{Text(model, "model_name")} {Text(model, "name")}, by {Actor(entry)}"
            : $"by {Actor(entry)}");

    static string Actor(Event entry) => Text(entry.User, "username") ?? "nobody";

    static string? Text(JsonObject json, string name) => json[name] is JsonValue value ? value.ToString() : null;
}
