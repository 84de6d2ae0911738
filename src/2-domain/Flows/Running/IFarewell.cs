namespace Postern.Flows.Running;

/// <summary>Something that must be told in the browser when somebody signs out, such as applications that keep sessions of their own.</summary>
public interface IFarewell
{
    /// <summary>Called while the session still stands: a stage to go on with once it is over; null where nobody needs to be told.</summary>
    ValueTask<Stage?> PrepareAsync(StageRun run, CancellationToken cancellation);
}
