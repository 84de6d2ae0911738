using System.Diagnostics;
using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Postern.Expressions;

namespace Postern.Tests.Benchmarks.Expressions;

/// <summary>The expressions of <see cref="PolicySnippets"/> here and in the system's CPython, one after the other on one machine.</summary>
static class MeasureExpressions
{
    const int Kept = 1_000;

    // In this process: a project of its own for each benchmark would have to be built, and would not find this one by its name.
    static readonly IConfig config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));

    public static async Task<IReadOnlyList<string>> RunAsync(string root)
    {
        var (version, python) = await PythonAsync(Path.Combine(root, "tests", "Benchmarks", "Expressions", "policies.py"));
        var own = BenchmarkRunner.Run<ExpressionBenchmarks>(config).Reports.ToDictionary(r => (string)r.BenchmarkCase.Parameters["Name"], Nanoseconds, StringComparer.Ordinal);
        var compile = Nanoseconds(BenchmarkRunner.Run<CompileBenchmarks>(config).Reports[0]) / 1e6;
        var retained = Retained() / 1024.0;
        return
        [
            "| What | Postern | " + version + " | Ratio | Limit |", "| --- | ---: | ---: | ---: | ---: |",
            .. own.Select(o => string.Create(CultureInfo.InvariantCulture, $"| `{o.Key}` | {o.Value:N0} ns | {python[o.Key]:N0} ns | {o.Value / python[o.Key]:N2} | 2.00 |")),
            string.Create(CultureInfo.InvariantCulture, $"| Parse and compile 20 lines | {compile:N3} ms | | | 1 ms |"),
            string.Create(CultureInfo.InvariantCulture, $"| Memory kept by 20 compiled lines | {retained:N1} kB | | | 20 kB |"),
        ];
    }

    static double Nanoseconds(BenchmarkReport report) => report.ResultStatistics?.Median ?? throw new InvalidOperationException($"{report.BenchmarkCase.DisplayInfo} gave no result.");

    static double Retained()
    {
        var kept = new Script?[Kept];
        kept[0] = Script.Compile(PolicySnippets.TwentyLines).Script;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 1; i < Kept; i++)
            kept[i] = Script.Compile(PolicySnippets.TwentyLines).Script;
        var after = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(kept);
        return (after - before) / (Kept - 1.0);
    }

    /// <summary>The interpreter's name, and nanoseconds by snippet.</summary>
    static async Task<(string Version, Dictionary<string, double> Times)> PythonAsync(string program)
    {
        using var python = Process.Start(new ProcessStartInfo("python3", [program]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var lines = (await python.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await python.WaitForExitAsync();
        if (python.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with exit code {python.ExitCode}.");
        return (lines[0], lines.Skip(1).Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToDictionary(p => p[0], p => double.Parse(p[1], CultureInfo.InvariantCulture), StringComparer.Ordinal));
    }
}
