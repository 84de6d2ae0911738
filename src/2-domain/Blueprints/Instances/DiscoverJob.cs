using System.Text.Json.Nodes;
using Postern.Jobs;

namespace Postern.Blueprints.Instances;

/// <summary>Applies all instances every hour, so that what was changed by hand returns to what the blueprints say.</summary>
internal sealed class DiscoverJob(DiscoverBlueprints discover) : IJobHandler
{
    public const string Kind = "blueprints.discover";

    public Task ExecuteAsync(JsonObject payload, CancellationToken cancellation) => discover.ExecuteAsync(onlyIfChanged: false, cancellation);
}
