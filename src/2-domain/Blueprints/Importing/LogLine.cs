using System.Text.Json.Nodes;

namespace Postern.Blueprints.Importing;

/// <summary>One line of an import's log, in the shape of the wire.</summary>
/// <param name="Level"><c>info</c> or <c>warning</c>.</param>
/// <param name="Event">What happened.</param>
/// <param name="Attributes">To what.</param>
public sealed record LogLine(DateTimeOffset Timestamp, string Level, string Event, JsonObject Attributes)
{
    /// <summary>The part of the product that speaks.</summary>
    public const string Logger = "postern.blueprints";
}
