using System.Text.Json.Nodes;
using Postern.Kernel.Values;

namespace Postern.Notifications.Delivery;

/// <summary>The JSON that webhooks are sent where no mapping makes it.</summary>
static class MessageBodies
{
    const int MostFields = 25, LongestKey = 256, LongestValue = 1024;

    public static JsonObject Generic(Message message)
    {
        var body = new JsonObject
        {
            ["body"] = message.Text.Body,
            ["severity"] = WireEnum<Severity>.Name(message.Severity),
            ["user_email"] = message.User.Email,
            ["user_username"] = message.User.Username,
        };
        if (message.EventEmail is { } email)
            body["event_user_email"] = email;
        if (message.EventUsername is { } username)
            body["event_user_username"] = username;
        return body;
    }

    /// <summary>An attachment as Slack reads it, and Discord below <c>/slack</c>; both bound the number and length of fields.</summary>
    public static JsonObject Slack(Message message, string brand, string? address)
    {
        var fields = new JsonArray(
            Field("Severity", WireEnum<Severity>.Name(message.Severity), isShort: true),
            Field("Dispatched for user", message.User.Username, isShort: true));
        if (message.EventUsername is { } username)
            fields.Add(Field("Event user", username, isShort: true));
        foreach (var (key, value) in message.Details.TakeWhile(_ => fields.Count < MostFields))
            fields.Add(Field(key, value, isShort: false));
        return new JsonObject
        {
            ["username"] = brand,
            ["icon_url"] = $"{address}/static/dist/assets/icons/icon.png",
            ["attachments"] = new JsonArray(new JsonObject
            {
                ["author_name"] = brand,
                ["author_link"] = address,
                ["author_icon"] = $"{address}/static/dist/assets/icons/icon.png",
                ["title"] = message.Event?.Action ?? message.Text.Body,
                ["text"] = message.Text.Body,
                ["color"] = "#fd4b2d",
                ["fields"] = fields,
                ["footer"] = brand,
            }),
        };
    }

    static JsonObject Field(string title, string value, bool isShort) => new() { ["title"] = Cut(title, LongestKey), ["value"] = Cut(value, LongestValue), ["short"] = isShort };

    static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
