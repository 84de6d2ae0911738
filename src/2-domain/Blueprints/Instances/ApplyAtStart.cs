using Postern.Api;

namespace Postern.Blueprints.Instances;

/// <summary>Applies new and changed blueprints before the first request: on a first start that is all content the product ships with.</summary>
internal sealed class ApplyAtStart(DiscoverBlueprints discover) : IStartTask
{
    public int Order => 500;

    public Task RunAsync(CancellationToken cancellation) => discover.ExecuteAsync(onlyIfChanged: true, cancellation);
}
