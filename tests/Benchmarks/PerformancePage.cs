using System.Globalization;
using System.Runtime.InteropServices;

namespace Postern.Tests.Benchmarks;

/// <summary>Writes what was measured into its section of docs/performance.md; the other sections stay.</summary>
static class PerformancePage
{
    public static async Task WriteAsync(string file, string section, IEnumerable<string> lines)
    {
        var (begin, end) = ($"<!-- {section} -->", $"<!-- /{section} -->");
        var text = await File.ReadAllTextAsync(file);
        var (from, to) = (text.IndexOf(begin, StringComparison.Ordinal), text.IndexOf(end, StringComparison.Ordinal));
        if (from < 0 || to < from)
            throw new InvalidOperationException($"{file} has no section {section}.");
        await File.WriteAllTextAsync(file, string.Concat(text.AsSpan(0, from + begin.Length), $"\n{string.Join('\n', lines)}\n", text.AsSpan(to)));
    }

    /// <summary>The machine and the day, without which a figure says nothing.</summary>
    public static string Machine(DateTimeOffset now) => string.Create(CultureInfo.InvariantCulture,
        $"Measured {now:yyyy-MM-dd} on {Cpu()}, {Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9:N0} GB, {RuntimeInformation.FrameworkDescription}, {Os()}.");

    static string Cpu() => File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "an unknown processor";

    static string Os() => File.ReadLines("/etc/os-release").FirstOrDefault(l => l.StartsWith("PRETTY_NAME=", StringComparison.Ordinal))?.Split('=', 2)[1].Trim('"') ?? RuntimeInformation.OSDescription;
}
