using System.Diagnostics;

namespace Postern.Expressions;

internal sealed partial class Machine
{
    private const int Slice = 1024;

    [ThreadStatic]
    private static Machine? current;

    private readonly ScriptBudget budget;
    private int fuel;
    private long stepsBefore;
    private long segmentStart;
    private long ticksBefore;
    private long segmentBytes;
    private long bytesBefore;
    private bool running;

    /// <summary>The evaluation running on this thread; null when a host uses values outside one.</summary>
    public static Machine? Current => current;

    public CancellationToken Cancellation { get; }

    public long Steps => stepsBefore + (Slice - fuel);

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(0, ticksBefore + (running ? Stopwatch.GetTimestamp() - segmentStart : 0));

    public long AllocatedBytes => bytesBefore + (running ? GC.GetAllocatedBytesForCurrentThread() - segmentBytes : 0);

    /// <summary>Counts one unit of a builtin's work against the evaluation running on this thread.</summary>
    public static void Tick()
    {
        if (current is { } machine && --machine.fuel <= 0)
            machine.Poll();
    }

    public static void Tick(int work)
    {
        if (current is { } machine)
            machine.Spend(work);
    }

    /// <summary>Refuses an allocation of so many bytes before it is made, when the evaluation may not have them.</summary>
    public static void Charge(long bytes)
    {
        // Small ones are seen by the next poll: the runtime counts what the thread allocated.
        if (bytes > 16_384 && current is { } machine)
            machine.Reserve(bytes);
    }

    private void Reserve(long bytes)
    {
        if (AllocatedBytes + bytes > budget.AllocatedBytes)
            throw OutOfMemory();
        Spend((int)Math.Min(bytes >> 10, int.MaxValue));
    }

    public void Spend(int work)
    {
        fuel -= work;
        if (fuel <= 0)
            Poll();
    }

    private void Poll()
    {
        stepsBefore += Slice - fuel;
        fuel = Slice;
        if (stepsBefore > budget.Steps)
            throw new BudgetException(BudgetKind.Steps, $"the evaluation took more than {budget.Steps} steps");
        if (Elapsed > budget.WallTime)
            throw new BudgetException(BudgetKind.WallTime, $"the evaluation took longer than {budget.WallTime.TotalMilliseconds:0} ms");
        if (AllocatedBytes > budget.AllocatedBytes)
            throw OutOfMemory();
        Cancellation.ThrowIfCancellationRequested();
    }

    private BudgetException OutOfMemory() => new(BudgetKind.Memory, $"the evaluation allocated more than {budget.AllocatedBytes / 1024} KiB");

    /// <summary>Starts the clock on this thread; the previous evaluation on it, if any, is returned.</summary>
    private Machine? EnterThread()
    {
        var previous = current;
        current = this;
        Resume();
        return previous;
    }

    private void LeaveThread(Machine? previous)
    {
        Pause();
        current = previous;
    }

    private void Resume()
    {
        segmentStart = Stopwatch.GetTimestamp();
        segmentBytes = GC.GetAllocatedBytesForCurrentThread();
        running = true;
    }

    private void Pause()
    {
        if (!running)
            return;
        ticksBefore += Stopwatch.GetTimestamp() - segmentStart;
        bytesBefore += GC.GetAllocatedBytesForCurrentThread() - segmentBytes;
        running = false;
    }
}
