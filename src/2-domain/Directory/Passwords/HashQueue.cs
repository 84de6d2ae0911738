using System.Runtime.InteropServices;
using Postern.Kernel;
using Postern.Kernel.Settings;

namespace Postern.Directory.Passwords;

/// <summary>
/// Hashes passwords on as many threads as there are processors, off the thread pool and behind everything else, so that a storm of sign-ins slows sign-ins only.
/// When too many wait, further ones are refused.
/// </summary>
public sealed partial class HashQueue(PosternSettings settings, TimeProvider clock) : IDisposable
{
    const int WaitingPerThread = 50;

    // A tenth of the share of a thread of the usual 0, where both want the processor (sched(7)).
    const int Niceness = 10;
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

    /// <summary>Does the work on a thread of its own that gives way to those that answer requests.</summary>
    static Task<T> BehindAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Run()
        {
            // Niceness is each thread's own on Linux; the framework's priorities do nothing there.
            if (OperatingSystem.IsLinux())
                _ = SetPriority(which: 0, who: 0, Niceness);
            try
            {
                done.SetResult(work());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        }
        new Thread(Run) { IsBackground = true, Name = "Hashing" }.Start();
        return done.Task;
    }

    // setpriority(2): which 0 is PRIO_PROCESS, who 0 the calling thread.
    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, uint who, int niceness);

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
                return await BehindAsync(work).WaitAsync(Timeout.InfiniteTimeSpan, clock, cancellation);
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
