using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Postern.Cli;
using Postern.Cli.Backups;
using Postern.Cli.Blueprints;
using Postern.Cli.Doctor;
using Postern.Cli.Flows;
using Postern.Cli.Groups;
using Postern.Cli.Invite;
using Postern.Cli.Licenses;
using Postern.Cli.Settings;
using Postern.Cli.Users;
using Postern.Hosting;
using Postern.Server.Hosting;
using Postern.Web.Guide;

namespace Postern.Server;

/// <summary>The one binary: <c>server</c>, <c>worker</c>, <c>all</c> (the default), and administration verbs.</summary>
sealed class PosternCommand(EnvironmentSettings environment)
{
    readonly Installation here = new(environment.Read, EnvironmentSettings.Explain, Modules.Assemblies, Composition.Declarations, Beside, TimeProvider.System);

    /// <summary>Does what the words say. Answers the exit code.</summary>
    public async Task<int> RunAsync(string[] args)
    {
        var parsed = Root().Parse(args);
        // The host stops on signals by itself, and takes the time it needs; the parser would cut it short after two seconds.
        var code = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
        return parsed.Errors.Count > 0 ? Exit.WrongUse : code;
    }

    public RootCommand Root()
    {
        var root = new RootCommand("Postern, a self-hosted identity provider.");
        root.Subcommands.Add(Running("server", "Serve pages and API.", Roles.Server));
        root.Subcommands.Add(Running("worker", "Run background jobs.", Roles.Worker));
        root.Subcommands.Add(Running("all", "Serve and run background jobs in one process (the default).", Roles.Server | Roles.Worker));
        foreach (var verb in Verbs())
            root.Subcommands.Add(verb);
        root.SetAction((_, cancellation) => ServeAsync(Roles.Server | Roles.Worker, cancellation));
        return root;
    }

    /// <summary>What is done beside a server; the reference's names for it last, out of the way of the help.</summary>
    IEnumerable<Command> Verbs()
    {
        yield return UserCommand.Create(InsideAsync);
        yield return GroupCommand.Create(InsideAsync);
        yield return FlowCommand.Create(InsideAsync);
        yield return InviteCommand.Create(TimeProvider.System);
        yield return BlueprintCommand.Create(InsideAsync);
        yield return LicenseCommand.Create(InsideAsync, TimeProvider.System);
        yield return ConfigCommand.Create(environment.States, environment.Wrong, SettingMeanings.Of);
        yield return BackupCommand.Create(here);
        yield return RestoreCommand.Create(here);
        yield return AuditCommand.Create(here);
        yield return DoctorCommand.Create(here);
        yield return new Command("mail", "Try the mail settings.") { TestMail("test") };
        yield return MigrateCommand.Create(Composition.Migration, InsideAsync);
        yield return CompletionCommand.Create();
        Command[] others =
        [
            .. UserCommand.Aliases(InsideAsync), .. BlueprintCommand.Aliases(InsideAsync), AdminGroup.Create(InsideAsync), TestMail("test_email"),
            HashPassword.Create(environment.Read, EnvironmentSettings.Explain), ConfigCommand.Reference(environment.States, environment.Wrong),
        ];
        foreach (var other in others)
        {
            other.Hidden = true;
            yield return other;
        }
    }

    static Microsoft.AspNetCore.Builder.WebApplication Beside(Kernel.Settings.PosternSettings settings, Storage.Opening.DatabasePools pools) =>
        Composition.Build(settings, pools, Roles.None, TimeProvider.System, static services => services.AddLogging(Logs.Aside));

    Command TestMail(string name) => TestMailCommand.Create(name, environment.Read, EnvironmentSettings.Explain, TimeProvider.System);

    Command Running(string name, string description, Roles roles)
    {
        var command = new Command(name, description);
        command.SetAction((_, cancellation) => ServeAsync(roles, cancellation));
        return command;
    }

    async Task<int> InsideAsync(Func<IServiceProvider, Task<int>> work, CancellationToken cancellation)
    {
        if (!environment.Read().Succeeded(out var settings, out var fault))
        {
            await Console.Error.WriteLineAsync(EnvironmentSettings.Explain(fault));
            return Exit.WrongUse;
        }
        try
        {
            using var logs = LoggerFactory.Create(builder =>
            {
                Logs.Configure(builder, settings);
                Logs.Aside(builder);
            });
            await using var database = await OpenDatabase.JoinAsync(settings, Modules.Assemblies, TimeProvider.System, logs, cancellation);
            await using var app = Composition.Build(settings, database.Pools, Roles.None, TimeProvider.System, static services => services.AddLogging(Logs.Aside));
            await using var scope = app.Services.CreateAsyncScope();
            return await work(scope.ServiceProvider);
        }
        catch (StartRefused e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return Exit.Refused;
        }
    }

    async Task<int> ServeAsync(Roles roles, CancellationToken cancellation)
    {
        if (!environment.Read().Succeeded(out var settings, out var fault))
        {
            await Console.Error.WriteLineAsync(EnvironmentSettings.Explain(fault));
            return Exit.WrongUse;
        }
        try
        {
            await using var product = await Product.StartAsync(settings, roles, TimeProvider.System, cancellation);
            await product.WaitForShutdownAsync(cancellation);
            return Exit.Done;
        }
        catch (StartRefused e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return Exit.Refused;
        }
    }
}
