using System.Globalization;
using System.Text.Json.Nodes;
using Postern.Events;

namespace Postern.Notifications.Accounts;

/// <summary>What the owner of an account is told by mail, going by one event.</summary>
/// <param name="Template">The mail.</param>
/// <param name="Subject">Its subject, in English.</param>
/// <param name="UserPk">The owner.</param>
sealed record AccountNotice(string Template, string Subject, int UserPk)
{
    /// <summary>The address it goes to where that is no longer the owner's.</summary>
    public string? OldAddress { get; init; }

    /// <summary>Name of the sign-in method that was added or removed.</summary>
    public string? Device { get; init; }

    /// <summary>The notice an event gives reason to; null for all others.</summary>
    public static AccountNotice? Of(Event entry) => entry.Action switch
    {
        "password_set" => About("password_changed", "Your password was changed", entry.User["pk"]),
        // Whoever has no address is not told.
        "login" when entry.User["email"]?.ToString() is { Length: > 0 } && entry.Context["auth_method_args"] is JsonObject args && args["known_device"] is JsonValue known && known.TryGetValue<bool>(out var isKnown) && !isKnown =>
            About("new_sign_in", "New sign-in to your account", entry.User["pk"]),
        EventActions.CustomPrefix when entry.Context["device"] is JsonObject => entry.Context["message"]?.ToString() switch
        {
            LaterActions.DeviceAdded => OfDevice("device_added", "A sign-in method was added", entry),
            LaterActions.DeviceRemoved => OfDevice("device_removed", "A sign-in method was removed", entry),
            _ => null,
        },
        "model_updated" when entry.Context["model"]?["model_name"]?.ToString() is "user" => OfAddress(entry.Context["model"]?["pk"], entry.Context["diff"]?["email"]?["previous_value"]),
        "user_write" => OfAddress(entry.User["pk"], entry.Context["previous_email"]),
        "custom_recovery_used" => About("recovery_used", "Your account was recovered", entry.User["pk"]),
        _ => null,
    };

    static AccountNotice? About(string template, string subject, JsonNode? user) =>
        int.TryParse(user?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var pk) ? new($"email/{template}.html", subject, pk) : null;

    static AccountNotice? OfDevice(string template, string subject, Event entry) =>
        About(template, subject, entry.Context["affected_user"]) is { } notice ? notice with { Device = entry.Context["device"]?["name"]?.ToString() } : null;

    static AccountNotice? OfAddress(JsonNode? user, JsonNode? before) =>
        before?.ToString() is { Length: > 0 } address && About("address_changed", "Your e-mail address was changed", user) is { } notice ? notice with { OldAddress = address } : null;
}
