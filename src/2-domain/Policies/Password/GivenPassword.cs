using System.Text.Json.Nodes;
using Postern.Policies.Engine;

namespace Postern.Policies.Password;

/// <summary>The password that a request is about: what was typed into the prompt, else a value of the context.</summary>
static class GivenPassword
{
    public const string Missing = "Password not set in context";

    /// <summary>The password; null when there is none or it is empty.</summary>
    public static string? Of(PolicyRequest request, string field)
    {
        var value = request.Context.TryGetValue("prompt_data", out var prompt) && Member(prompt, field) is { } typed
            ? typed
            : request.Context.TryGetValue(field, out var own) ? Text(own) : null;
        return string.IsNullOrEmpty(value) ? null : value;
    }

    static string? Member(object? data, string field) => data switch
    {
        IDictionary<string, object?> map => map.TryGetValue(field, out var value) ? Text(value) : null,
        JsonObject json => Text(json[field]),
        _ => null,
    };

    static string? Text(object? value) => value switch
    {
        string text => text,
        JsonValue json when json.TryGetValue<string>(out var text) => text,
        _ => null,
    };
}
