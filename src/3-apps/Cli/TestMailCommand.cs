using System.CommandLine;
using Postern.Kernel;
using Postern.Kernel.Settings;
using Postern.Kernel.Values;
using Postern.Mail;

namespace Postern.Cli;

/// <summary><c>test_email</c>, and the same as <c>mail test</c>: sends a mail by the server of the settings and tells what happened at each step.</summary>
public static class TestMailCommand
{
    /// <param name="name">What it is called.</param>
    /// <param name="read">Reads the settings of this process.</param>
    /// <param name="explain">Puts into words what is wrong with them.</param>
    /// <param name="clock">The time.</param>
    public static Command Create(string name, Func<Result<PosternSettings>> read, Func<Fault, string> explain, TimeProvider clock)
    {
        var to = new Argument<string>("to") { Description = "The address to send to." };
        var command = new Command(name, "Send a test mail and tell what happened at each step.") { to };
        command.SetAction(async (parsed, cancellation) =>
        {
            var address = parsed.GetRequiredValue(to);
            if (!EmailAddress.IsValid(address))
            {
                await Console.Error.WriteLineAsync($"{address} is not an e-mail address.");
                return Exit.WrongUse;
            }
            if (!read().Succeeded(out var settings, out var fault))
            {
                await Console.Error.WriteLineAsync(explain(fault));
                return Exit.WrongUse;
            }
            return await SendTestMail.Beside(settings, clock).ExecuteAsync(address, Console.WriteLine, cancellation) ? Exit.Done : Exit.Refused;
        });
        return command;
    }
}
