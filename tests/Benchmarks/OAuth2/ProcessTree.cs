using System.Globalization;

namespace Postern.Tests.Benchmarks.OAuth2;

/// <summary>Processor time of a process and all below it, from /proc.</summary>
static class ProcessTree
{
    // What the kernel counts in; the same on every machine that this runs on (proc(5)).
    const double TicksPerSecond = 100;

    public static double CpuSeconds(int root) => All(root).Sum(CpuTicks) / TicksPerSecond;

    static IEnumerable<int> All(int pid)
    {
        yield return pid;
        foreach (var child in Children(pid).SelectMany(All))
            yield return child;
    }

    static List<int> Children(int pid)
    {
        try
        {
            return [.. System.IO.Directory.GetDirectories($"/proc/{pid}/task").SelectMany(t => File.ReadAllText(Path.Combine(t, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(c => int.Parse(c, CultureInfo.InvariantCulture))];
        }
        catch (IOException)
        {
            // It has just ended.
            return [];
        }
    }

    static double CpuTicks(int pid)
    {
        try
        {
            // After the name in parentheses: state is the first field, user and system time the 12th and 13th.
            var fields = File.ReadAllText($"/proc/{pid}/stat").Split(") ")[^1].Split(' ');
            return double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
