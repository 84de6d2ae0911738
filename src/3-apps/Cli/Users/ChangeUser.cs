using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Postern.Directory.Users;
using Postern.Kernel.Access;
using Postern.Kernel.Values;
using Postern.Storage;
using Postern.Storage.Objects;

namespace Postern.Cli.Users;

/// <summary>Verbs that set one field of several users: of all that are named, or of none.</summary>
static class ChangeUser
{
    public static Command Type(string name, Inside inside)
    {
        var type = CreateUser.TypeOption();
        type.Required = true;
        var users = Names();
        var command = new Command(name, "Make users internal, external, or service accounts.") { type, users };
        command.SetAction((parsed, cancellation) => RunAsync(inside, parsed.GetRequiredValue(users), new JsonObject { ["type"] = parsed.GetRequiredValue(type) }, cancellation));
        return command;
    }

    public static Command Active(string name, string description, bool isActive, Inside inside)
    {
        var users = Names();
        var command = new Command(name, description) { users };
        command.SetAction((parsed, cancellation) => RunAsync(inside, parsed.GetRequiredValue(users), new JsonObject { ["is_active"] = isActive }, cancellation));
        return command;
    }

    static Argument<string[]> Names() => new("usernames") { Description = "Usernames.", Arity = ArgumentArity.OneOrMore };

    static Task<int> RunAsync(Inside inside, string[] usernames, JsonObject change, CancellationToken cancellation) => inside(
        services => services.GetRequiredService<PosternDb>().InTransactionAsync(
            async () =>
            {
                foreach (var username in usernames)
                {
                    if (!(await FindNamed.UserAsync(services, username, cancellation)).Succeeded(out var user, out var missing))
                        return Exit.Refuse(missing);
                    var saved = await services.GetRequiredService<SaveObject>().UpdateAsync(UserKind.Kind, Caller.Operator, user, JsonSerializer.SerializeToElement(change), SaveOptions.Patch, cancellation);
                    if (saved.Fault is { } fault)
                        return Exit.Refuse(fault);
                }
                return Exit.Done;
            },
            code => code == Exit.Done,
            cancellation),
        cancellation);
}
