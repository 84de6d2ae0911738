using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Postern.Directory.Users;
using Postern.Kernel.Access;
using Postern.Kernel.Values;
using Postern.Storage.Objects;

namespace Postern.Cli.Users;

/// <summary><c>user create</c>: prints the key of the new user.</summary>
static class CreateUser
{
    public static Command Command(Inside inside)
    {
        var username = new Argument<string>("username") { Description = "What they sign in with." };
        var name = new Option<string?>("--name") { Description = "Their name. Default: the username." };
        var email = new Option<string>("--email") { Description = "Their address.", DefaultValueFactory = _ => "" };
        var path = new Option<string>("--path") { Description = "The folder.", DefaultValueFactory = _ => User.DefaultPath };
        var type = TypeOption();
        type.DefaultValueFactory = _ => WireEnum<UserType>.Name(UserType.Internal);
        var groups = new Option<string[]>("--group") { Description = "Name of a group they join; may be given several times." };
        var asks = new Option<bool>("--password") { Description = "Read their password from standard input, or ask for it at a terminal. Without one they use a recovery link." };
        var file = new Option<FileInfo?>("--password-file") { Description = "File that holds their password." };
        var command = new Command("create", "Create a user and print its key.") { username, name, email, path, type, groups, asks, file };
        command.SetAction(async (parsed, cancellation) =>
        {
            var body = new JsonObject
            {
                ["username"] = parsed.GetRequiredValue(username),
                ["name"] = parsed.GetValue(name) ?? parsed.GetRequiredValue(username),
                ["email"] = parsed.GetRequiredValue(email),
                ["path"] = parsed.GetRequiredValue(path),
                ["type"] = parsed.GetRequiredValue(type),
            };
            if (parsed.GetValue(asks) || parsed.GetValue(file) is not null)
            {
                if (!(await ReadSecret.ExecuteAsync("Password", parsed.GetValue(file), cancellation)).Succeeded(out var password, out var missing))
                    return Exit.Refuse(missing);
                body["password"] = password;
            }
            return await inside.WritingAsync(services => SaveAsync(services, body, parsed.GetValue(groups) ?? [], cancellation), cancellation);
        });
        return command;
    }

    public static Option<string> TypeOption()
    {
        var option = new Option<string>("--type") { Description = string.Join(", ", WireEnum<UserType>.All) + "." };
        option.AcceptOnlyFromAmong([.. WireEnum<UserType>.All]);
        return option;
    }

    static async Task<int> SaveAsync(IServiceProvider services, JsonObject body, string[] groups, CancellationToken cancellation)
    {
        var keys = new JsonArray();
        foreach (var name in groups)
        {
            if (!(await FindNamed.GroupAsync(services, name, cancellation)).Succeeded(out var group, out var missing))
                return Exit.Refuse(missing);
            keys.Add(group.Pk.ToString());
        }
        body["groups"] = keys;
        // As from a blueprint, which may give a password too: all of it is one transaction.
        var saved = await services.GetRequiredService<SaveObject>()
            .CreateAsync(UserKind.Kind, Caller.Operator, JsonSerializer.SerializeToElement(body), new SaveOptions { FromBlueprint = true }, cancellation);
        if (!saved.Succeeded(out var user, out var fault))
            return Exit.Refuse(fault);
        Console.WriteLine(((User)user).Pk);
        return Exit.Done;
    }
}
