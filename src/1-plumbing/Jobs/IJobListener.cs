namespace Postern.Jobs;

/// <summary>Hears of jobs that fail.</summary>
public interface IJobListener
{
    /// <summary>A job failed for the first time, or was given up. What happens here must not throw.</summary>
    Task FailedAsync(string kind, Exception error, bool givenUp);
}
