using System.Text.Json.Nodes;

namespace Postern.Flows.Plans;

/// <summary>Keeps objects of one type in a plan's context across requests. Slices register one for each type they put there.</summary>
public interface IPlanValue
{
    /// <summary>Name in the stored plan; never changes.</summary>
    string Name { get; }

    Type Type { get; }

    JsonNode Write(object value);

    /// <summary>The object again, fresh from the database; null when it is gone.</summary>
    ValueTask<object?> ReadAsync(JsonNode json, CancellationToken cancellation);
}
