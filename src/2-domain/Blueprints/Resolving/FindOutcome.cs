using System.Text.Json.Nodes;

namespace Postern.Blueprints.Resolving;

/// <summary>What a search gave: a value, nothing, or the reason why it could not be made.</summary>
public readonly record struct FindOutcome
{
    FindOutcome(JsonNode? value, string? refusal) => (Value, Refusal) = (value, refusal);

    /// <summary>Nothing matched.</summary>
    public static FindOutcome Nothing => default;

    /// <summary>What was found; null when nothing was.</summary>
    public JsonNode? Value { get; }

    /// <summary>Why the search could not be made, such as an unknown model or field.</summary>
    public string? Refusal { get; }

    /// <summary>A match.</summary>
    public static FindOutcome Found(JsonNode value) => new(value, null);

    /// <summary>A search that cannot be made.</summary>
    public static FindOutcome Refused(string reason) => new(null, reason);
}
