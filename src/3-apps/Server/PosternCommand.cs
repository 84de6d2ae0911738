using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Postern.Hosting;
using Postern.Kernel.Settings;
using Postern.Server.Hosting;

namespace Postern.Server;

/// <summary>The one binary: <c>server</c>, <c>worker</c>, <c>all</c> (the default), and administration verbs.</summary>
static class PosternCommand
{
    public static Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Postern, a self-hosted identity provider.");
        root.Subcommands.Add(Running("server", "Serve pages and API.", Roles.Server));
        root.Subcommands.Add(Running("worker", "Run background jobs.", Roles.Worker));
        root.Subcommands.Add(Running("all", "Serve and run background jobs in one process (the default).", Roles.Server | Roles.Worker));
        root.Subcommands.Add(Cli.Invite.InviteCommand.Create(TimeProvider.System));
        root.Subcommands.Add(Cli.LicenseCommand.Create(TimeProvider.System));
        root.Subcommands.Add(Cli.MigrateCommand.Create(Composition.Migration, InsideAsync));
        root.Subcommands.Add(TestMail("test_email"));
        root.Subcommands.Add(new Command("mail", "Try the mail settings.") { TestMail("test") });
        root.SetAction((_, cancellation) => ServeAsync(Roles.Server | Roles.Worker, cancellation));
        // The host stops on signals by itself, and takes the time it needs; the parser would cut it short after two seconds.
        return root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }

    static Command TestMail(string name) => Cli.TestMailCommand.Create(name, EnvironmentSettings.Read, EnvironmentSettings.Explain, TimeProvider.System);

    static Command Running(string name, string description, Roles roles)
    {
        var command = new Command(name, description);
        command.SetAction((_, cancellation) => ServeAsync(roles, cancellation));
        return command;
    }

    static async Task<int> InsideAsync(Func<IServiceProvider, Task<int>> work, CancellationToken cancellation)
    {
        if (!EnvironmentSettings.Read().Succeeded(out var settings, out var fault))
        {
            await Console.Error.WriteLineAsync(EnvironmentSettings.Explain(fault));
            return 2;
        }
        try
        {
            using var logs = Logs.Factory(settings);
            await using var database = await OpenDatabase.ExecuteAsync(settings, Modules.Assemblies, TimeProvider.System, logs, cancellation);
            await using var app = Composition.Build(settings, database.Pools, Roles.None, TimeProvider.System);
            await using var scope = app.Services.CreateAsyncScope();
            return await work(scope.ServiceProvider);
        }
        catch (StartRefused e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    static async Task<int> ServeAsync(Roles roles, CancellationToken cancellation)
    {
        if (!EnvironmentSettings.Read().Succeeded(out var settings, out var fault))
        {
            await Console.Error.WriteLineAsync(EnvironmentSettings.Explain(fault));
            return 2;
        }
        try
        {
            await using var product = await Product.StartAsync(settings, roles, TimeProvider.System, cancellation);
            await product.WaitForShutdownAsync(cancellation);
            return 0;
        }
        catch (StartRefused e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }
}
