using System.Text.Json.Nodes;

namespace Postern.Jobs;

/// <summary>Does one kind of work. It may run twice for one job (a worker can die after the work and before the record of it), so it must be safe to repeat.</summary>
public interface IJobHandler
{
    Task ExecuteAsync(JsonObject payload, CancellationToken cancellation);
}

/// <summary>A handler under its name, with its schedule where it repeats.</summary>
/// <param name="IsLong">Takes minutes: such jobs have a line of their own, so that no mail waits behind them.</param>
public sealed record JobRegistration(string Kind, Type Handler, TimeSpan? Every, bool IsLong = false);
