using System.Collections.Concurrent;
using System.Diagnostics;

namespace Postern.Api.Http;

/// <summary>Counts what each subject takes within a minute, which begins with the first. Nothing runs in between: minutes that are over are dropped as new ones begin.</summary>
sealed class MinuteCount(int most)
{
    static readonly TimeSpan minute = TimeSpan.FromMinutes(1);

    readonly ConcurrentDictionary<string, Window> windows = new(StringComparer.Ordinal);
    long swept = Stopwatch.GetTimestamp();

    /// <summary>Takes so many, or with 0 only looks whether any are left. Null when there were; else the time until there are again.</summary>
    public TimeSpan? Take(string subject, int count = 1)
    {
        Sweep();
        return windows.GetOrAdd(subject, static _ => new Window()).Take(most, count);
    }

    void Sweep()
    {
        var before = Volatile.Read(ref swept);
        if (Stopwatch.GetElapsedTime(before) < minute || Interlocked.CompareExchange(ref swept, Stopwatch.GetTimestamp(), before) != before)
            return;
        foreach (var (subject, window) in windows)
        {
            if (window.IsOver)
                windows.TryRemove(subject, out _);
        }
    }

    sealed class Window
    {
        readonly Lock turn = new();
        long begun = Stopwatch.GetTimestamp();
        int taken;

        public bool IsOver
        {
            get
            {
                lock (turn)
                    return Stopwatch.GetElapsedTime(begun) >= minute;
            }
        }

        public TimeSpan? Take(int most, int count)
        {
            lock (turn)
            {
                var passed = Stopwatch.GetElapsedTime(begun);
                if (passed >= minute)
                    (begun, taken, passed) = (Stopwatch.GetTimestamp(), 0, TimeSpan.Zero);
                if (taken + Math.Max(count, 1) > most)
                    return minute - passed;
                taken += count;
                return null;
            }
        }
    }
}
