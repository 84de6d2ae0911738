using System.Text.Json.Nodes;
using Postern.Billing.Providers;

namespace Postern.Billing.News;

/// <summary>A delivery of a provider, kept under the provider's own id so that a second one is seen to be the same.</summary>
public sealed class ProviderEvent
{
    public string Id { get; set; } = "";

    public string Provider { get; set; } = "";

    public string Type { get; set; } = "";

    public SubjectKind SubjectKind { get; set; }

    public string SubjectId { get; set; } = "";

    public JsonObject Payload { get; set; } = [];

    /// <summary>When the provider made it.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset ReceivedAt { get; set; }

    /// <summary>When its subject was fetched and applied; null while that is to be done.</summary>
    public DateTimeOffset? ProcessedAt { get; set; }
}
