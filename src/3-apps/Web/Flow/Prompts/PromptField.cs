using System.Text.Json;

namespace Postern.Web.Flow.Prompts;

/// <summary>One field of a prompt challenge as the page shows it.</summary>
public sealed record PromptField
{
    public required string Key { get; init; }

    /// <summary>The prompt's type: <c>text</c>, <c>radio-button-group</c>, <c>ak-locale</c>, ...</summary>
    public required string Type { get; init; }

    public string Label { get; init; } = "";

    public bool Required { get; init; }

    public string Placeholder { get; init; } = "";

    public string Initial { get; init; } = "";

    public string SubText { get; init; } = "";

    public IReadOnlyList<PromptChoice> Choices { get; init; } = [];

    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>What the person sent before; null on first sight and for secrets.</summary>
    public string? Sent { get; init; }

    /// <summary>What the control shows.</summary>
    public string Value => Sent ?? Initial;

    public string Id => Postern.Pages.Forms.FieldIds.Of(Key);

    public bool IsReadOnly => Type.EndsWith("_read_only", StringComparison.Ordinal);

    /// <summary>Whether a person can change it, so that the cursor may start here.</summary>
    public bool TakesInput => !IsReadOnly && Type is not ("separator" or "hidden" or "static" or "alert_info" or "alert_warning" or "alert_danger");

    public static IReadOnlyList<PromptField> ReadAll(Challenge challenge) => [.. challenge.Items("fields").Select(json => Read(json, challenge))];

    static PromptField Read(JsonElement json, Challenge challenge)
    {
        var key = json.Text("field_key") ?? "";
        var type = json.Text("type") ?? "text";
        return new PromptField
        {
            Key = key,
            Type = type,
            Label = json.Text("label") ?? "",
            Required = json.Flag("required"),
            Placeholder = json.Text("placeholder") ?? "",
            Initial = json.Text("initial_value") ?? "",
            SubText = json.Text("sub_text") ?? "",
            Choices = [.. json.Items("choices").Select(PromptChoice.Read)],
            Errors = challenge.Errors(key),
            Sent = type is "password" or "file" ? null : SentValue(challenge, key, type),
        };
    }

    // A refused form without the box means that the box was left empty.
    static string? SentValue(Challenge challenge, string key, string type) =>
        challenge.Sent(key) ?? (type is "checkbox" && challenge.Submitted is not null ? "" : null);
}
