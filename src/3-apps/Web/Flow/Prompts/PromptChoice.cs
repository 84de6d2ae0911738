using System.Text.Json;

namespace Postern.Web.Flow.Prompts;

/// <summary>One of the answers that a choice field offers.</summary>
public sealed record PromptChoice(string Value, string Label)
{
    internal static PromptChoice Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            return new PromptChoice(JsonReading.AsText(json), JsonReading.AsText(json));
        var value = json.Text("value") ?? "";
        return new PromptChoice(value, json.Text("label") is { Length: > 0 } label ? label : value);
    }
}
