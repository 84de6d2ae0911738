using BenchmarkDotNet.Running;
using Postern.Tests.Benchmarks;
using Postern.Tests.Benchmarks.Servers;

// "server" measures the published server; anything else goes to BenchmarkDotNet (--filter '*').
if (args is not ["server", var root])
{
    BenchmarkSwitcher.FromAssembly(typeof(PerformancePage).Assembly).Run(args);
    return;
}
var figures = await MeasureServer.RunAsync(Path.Combine(root, "out", "postern"));
string[] table = ["| What | Measured | Limit | Ratio |", "| --- | ---: | ---: | ---: |", .. figures.Select(f => f.Row), "", PerformancePage.Machine(TimeProvider.System.GetUtcNow())];
await PerformancePage.WriteAsync(Path.Combine(root, "docs", "performance.md"), "server", table);
Console.WriteLine(string.Join('\n', table));
