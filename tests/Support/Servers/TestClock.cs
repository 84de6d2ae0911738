namespace Postern.Tests.Support.Servers;

/// <summary>Time that stands still until a test moves it.</summary>
public sealed class TestClock(DateTimeOffset start) : TimeProvider
{
    long ticks = start.UtcTicks;

    /// <summary>Starts at the real time, cut to the second, so that a database's own clock agrees.</summary>
    public static TestClock Now()
    {
        var now = TimeProvider.System.GetUtcNow();
        return new TestClock(now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)));
    }

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    /// <param name="by">Negative where a machine's clock was wrong and is put right.</param>
    public void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);
}
