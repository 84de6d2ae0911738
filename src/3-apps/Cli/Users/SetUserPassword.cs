using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Postern.Directory.Users;
using Postern.Kernel.Access;

namespace Postern.Cli.Users;

/// <summary><c>user set-password</c>, and the same as <c>changepassword</c>.</summary>
static class SetUserPassword
{
    public static Command Command(string name, Inside inside)
    {
        var username = new Argument<string>("username") { Description = "Whose password." };
        var file = ReadSecret.FileOption("--password-file", "the password");
        var command = new Command(name, "Give a user another password. They are signed out everywhere.") { username, file };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (!(await ReadSecret.ExecuteAsync("Password", parsed.GetValue(file), cancellation)).Succeeded(out var password, out var missing))
                return Exit.Refuse(missing);
            return await inside(
                async services =>
                {
                    if (!(await FindNamed.UserAsync(services, parsed.GetRequiredValue(username), cancellation)).Succeeded(out var user, out var unknown))
                        return Exit.Refuse(unknown);
                    var set = await services.GetRequiredService<ResetPassword>().ExecuteAsync(Caller.Operator, user.Pk.Text(), password, cancellation);
                    return set.Fault is { } fault ? Exit.Refuse(fault) : Exit.Done;
                },
                cancellation);
        });
        return command;
    }
}
