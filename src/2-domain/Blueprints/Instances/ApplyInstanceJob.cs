using System.Text.Json.Nodes;
using Postern.Jobs;

namespace Postern.Blueprints.Instances;

/// <summary>Applies one instance in the background.</summary>
internal sealed class ApplyInstanceJob(ApplyInstance apply) : IJobHandler
{
    public const string Kind = "blueprints.apply";

    public static JsonObject Payload(Guid instance) => new() { ["instance"] = instance };

    public Task ExecuteAsync(JsonObject payload, CancellationToken cancellation) =>
        apply.ExecuteAsync(payload["instance"]!.GetValue<Guid>(), onlyIfChanged: false, cancellation);
}
