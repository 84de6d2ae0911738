using System.CommandLine;
using Postern.Directory.Passwords;
using Postern.Kernel;
using Postern.Kernel.Settings;

namespace Postern.Cli.Users;

/// <summary><c>hash_password</c>: the hash of a password, for settings and imports that take one. It needs no installation.</summary>
public static class HashPassword
{
    public static Command Create(Func<Result<PosternSettings>> read, Func<Fault, string> explain)
    {
        var file = ReadSecret.FileOption("--password-file", "the password");
        var command = new Command("hash_password", "Print the hash of a password.") { file };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (!read().Succeeded(out var settings, out var fault))
            {
                await Console.Error.WriteLineAsync(explain(fault));
                return Exit.WrongUse;
            }
            if (!(await ReadSecret.ExecuteAsync("Password", parsed.GetValue(file), cancellation)).Succeeded(out var password, out var missing))
                return Exit.Refuse(missing);
            Console.WriteLine(PasswordHash.Encode(password, settings.PasswordIterations));
            return Exit.Done;
        });
        return command;
    }
}
