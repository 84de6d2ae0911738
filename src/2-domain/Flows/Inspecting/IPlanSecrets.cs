namespace Postern.Flows.Inspecting;

/// <summary>Names keys of a run's context whose values nobody may see, beside those whose names say so.</summary>
public interface IPlanSecrets
{
    ValueTask<IReadOnlySet<string>> KeysAsync(CancellationToken cancellation);
}
