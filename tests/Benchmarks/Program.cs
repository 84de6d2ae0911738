using BenchmarkDotNet.Running;
using Postern.Tests.Benchmarks;
using Postern.Tests.Benchmarks.Expressions;
using Postern.Tests.Benchmarks.OAuth2;
using Postern.Tests.Benchmarks.Scale;
using Postern.Tests.Benchmarks.Servers;

// "server" measures the published server, "answers" whether they betray who has an account, "oauth2" its endpoints for programs beside another server, "seed" fills the database of the environment,
// "directory" times its lists, "signins" signs people in, "expressions" runs policies here and in CPython, "invitations" invites ten thousand people; anything else goes to BenchmarkDotNet (--filter '*').
switch (args)
{
    case ["server", var root]:
        var figures = await MeasureServer.RunAsync(Path.Combine(root, "out", "postern"));
        await WriteAsync(root, "server", ["| What | Measured | Limit | Ratio |", "| --- | ---: | ---: | ---: |", .. figures.Select(f => f.Row)]);
        break;
    case ["oauth2", var root]:
        await WriteAsync(root, "oauth2", await MeasureOAuth2.RunAsync(root));
        break;
    case ["invitations", var root]:
        await WriteAsync(root, "invitations", await MeasureInvitations.RunAsync(Path.Combine(root, "out", "postern")));
        break;
    case ["answers", var root]:
        await WriteAsync(root, "answers", await MeasureAnswers.RunAsync(Path.Combine(root, "out", "postern")));
        break;
    case ["signins", var root]:
        await WriteAsync(root, "signins", await MeasureSignIns.RunAsync(root));
        break;
    case ["expressions", var root]:
        await WriteAsync(root, "expressions", await MeasureExpressions.RunAsync(root));
        break;
    case ["seed", .. var sizes]:
        await ScaleCommand.SeedAsync(sizes);
        break;
    case ["directory", var root]:
        await WriteAsync(root, "directory", await ScaleCommand.MeasureAsync());
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(PerformancePage).Assembly).Run(args);
        break;
}

static async Task WriteAsync(string root, string section, IReadOnlyList<string> lines)
{
    string[] table = [.. lines, "", PerformancePage.Machine(TimeProvider.System.GetUtcNow())];
    await PerformancePage.WriteAsync(Path.Combine(root, "docs", "performance.md"), section, table);
    Console.WriteLine(string.Join('\n', table));
}
