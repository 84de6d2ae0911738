using System.Diagnostics;
using Postern.Kernel.Figures;

namespace Postern.Hosting.Metrics;

/// <summary>Memory and processor time of this process, under the names that every exporter uses.</summary>
sealed class ProcessFigures : IFigures
{
    public Task WriteAsync(FigureText to, CancellationToken cancellation)
    {
        using var process = Process.GetCurrentProcess();
        to.Gauge("process_resident_memory_bytes", "Memory in use, the database's not counted.", process.WorkingSet64);
        to.Gauge("dotnet_gc_heap_bytes", "Memory of objects.", GC.GetTotalMemory(forceFullCollection: false));
        to.Counter("process_cpu_seconds_total", "Processor time spent.", ("", "", process.TotalProcessorTime.TotalSeconds));
        to.Gauge("process_start_time_seconds", "Start, in seconds since 1970.", new DateTimeOffset(process.StartTime.ToUniversalTime(), TimeSpan.Zero).ToUnixTimeMilliseconds() / 1000.0);
        to.Gauge("process_threads", "Threads.", process.Threads.Count);
        return Task.CompletedTask;
    }
}
