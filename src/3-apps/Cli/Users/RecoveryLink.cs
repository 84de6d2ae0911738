using System.CommandLine;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Postern.Api.Http;
using Postern.Kernel.Access;
using Postern.Stages.Recovery;

namespace Postern.Cli.Users;

/// <summary><c>user recovery-link</c>, and <c>create_recovery_key</c> of the reference: prints a link by which somebody gets back in.</summary>
static class RecoveryLink
{
    public static Command Command(Inside inside)
    {
        var username = new Argument<string>("username") { Description = "Who lost their password." };
        var duration = new Option<string?>("--duration") { Description = "How long it is good, such as hours=4. Default: the system setting for tokens." };
        var command = new Command("recovery-link", "Print a link by which a user chooses a new password. The one before it ends.") { username, duration };
        command.SetAction((parsed, cancellation) => RunAsync(inside, parsed.GetRequiredValue(username), parsed.GetValue(duration), cancellation));
        return command;
    }

    public static Command Reference(Inside inside)
    {
        var duration = new Argument<int>("minutes") { Description = "How many minutes it is good." };
        duration.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError("Give a number of minutes from 1.");
        });
        var username = new Argument<string>("username") { Description = "Who lost their password." };
        var command = new Command("create_recovery_key", "Print a link by which a user chooses a new password.") { duration, username };
        command.SetAction((parsed, cancellation) => RunAsync(inside, parsed.GetRequiredValue(username), FormattableString.Invariant($"minutes={parsed.GetRequiredValue(duration)}"), cancellation));
        return command;
    }

    static Task<int> RunAsync(Inside inside, string username, string? duration, CancellationToken cancellation) => inside(
        async services =>
        {
            if (!(await FindNamed.UserAsync(services, username, cancellation)).Succeeded(out var user, out var missing))
                return Exit.Refuse(missing);
            var http = new DefaultHttpContext { RequestServices = services };
            http.SetCaller(Caller.Operator);
            if (!(await services.GetRequiredService<CreateRecoveryLink>().ExecuteAsync(http, user.Pk.Text(), duration, cancellation)).Succeeded(out var link, out var fault))
                return Exit.Refuse(fault);
            Console.WriteLine(link.Reveal);
            if (link.Reveal.StartsWith('/'))
                await Console.Error.WriteLineAsync("Put the address of this installation before it, or set POSTERN_BASE_URL.");
            return Exit.Done;
        },
        cancellation);
}
