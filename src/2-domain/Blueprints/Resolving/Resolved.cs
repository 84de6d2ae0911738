using System.Text.Json.Nodes;

namespace Postern.Blueprints.Resolving;

/// <summary>A resolved value, or the mark that a problem was reported on the way to it.</summary>
public readonly record struct Resolved(JsonNode? Value, bool IsFailed)
{
    internal static Resolved Failed => new(null, true);

    internal static Resolved Null => default;

    internal static Resolved Of(JsonNode? value) => new(value, false);
}
