using Postern.Kernel;
using Postern.Kernel.Settings;

namespace Postern.Directory.Passwords;

/// <summary>
/// Hashes passwords on as many threads as there are processors, off the thread pool, so that a storm of sign-ins slows sign-ins only.
/// When too many wait, further ones are refused.
/// </summary>
public sealed class HashQueue(PosternSettings settings, TimeProvider clock) : IDisposable
{
    const int WaitingPerThread = 50;
    static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    readonly SemaphoreSlim threads = new(Environment.ProcessorCount);
    readonly string nobodys = PasswordHash.Nobodys(settings.PasswordIterations);
    int waiting;

    /// <summary>How often a new hash repeats.</summary>
    public int Iterations => settings.PasswordIterations;

    /// <summary>Encodes a password. Faults: throttled.</summary>
    public Task<Result<string>> EncodeAsync(string password, CancellationToken cancellation) =>
        RunAsync(() => PasswordHash.Encode(password, settings.PasswordIterations), cancellation);

    /// <summary>Whether the password fits; with no usable hash the same work is done for nothing, so that time tells nothing. Faults: throttled.</summary>
    public Task<Result<bool>> VerifyAsync(string password, string? encoded, CancellationToken cancellation) =>
        RunAsync(() => PasswordHash.Verify(password, encoded is not null && PasswordHash.IsKnown(encoded) ? encoded : nobodys), cancellation);

    public void Dispose() => threads.Dispose();

    async Task<Result<T>> RunAsync<T>(Func<T> work, CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref waiting) > Environment.ProcessorCount * (WaitingPerThread + 1))
        {
            Interlocked.Decrement(ref waiting);
            return new Fault.Throttled("Too many people are signing in right now. Try again in a few seconds.", RetryAfter);
        }
        try
        {
            await threads.WaitAsync(cancellation);
            try
            {
                return await Task.Factory.StartNew(work, cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default).WaitAsync(Timeout.InfiniteTimeSpan, clock, cancellation);
            }
            finally
            {
                threads.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }
}
