using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Postern.Directory.Groups;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Objects;

namespace Postern.Cli.Groups;

/// <summary><c>group create|list|add|remove</c>.</summary>
public static class GroupCommand
{
    static readonly string[] Columns = ["pk", "name", "is_superuser"];

    public static Command Create(Inside inside) => new("group", "Groups of this installation.")
    {
        Make(inside),
        List(inside),
        Members("add", "Put users into a group.", inside, (members, group, user, cancellation) => members.AddAsync(Caller.Operator, group, user, cancellation)),
        Members("remove", "Take users out of a group.", inside, (members, group, user, cancellation) => members.RemoveAsync(Caller.Operator, group, user, cancellation)),
    };

    /// <summary>Creates a group. Faults: invalid.</summary>
    public static async Task<Result<Group>> CreateAsync(IServiceProvider services, string name, bool isSuperuser, IEnumerable<Guid> parents, CancellationToken cancellation)
    {
        var body = new JsonObject { ["name"] = name, ["is_superuser"] = isSuperuser, ["parents"] = new JsonArray([.. parents.Select(p => (JsonNode)p.ToString())]) };
        return (await services.GetRequiredService<SaveObject>().CreateAsync(GroupKind.Kind, Caller.Operator, JsonSerializer.SerializeToElement(body), SaveOptions.Full, cancellation)).Then(made => (Group)made);
    }

    static Command Make(Inside inside)
    {
        var name = new Argument<string>("name") { Description = "Its name." };
        var superuser = new Option<bool>("--superuser") { Description = "Its members may do everything." };
        var parents = new Option<string[]>("--parent") { Description = "Name of a group it belongs to; may be given several times." };
        var command = new Command("create", "Create a group and print its key.") { name, superuser, parents };
        command.SetAction((parsed, cancellation) => inside.WritingAsync(
            async services =>
            {
                var above = new List<Guid>();
                foreach (var parent in parsed.GetValue(parents) ?? [])
                {
                    if (!(await FindNamed.GroupAsync(services, parent, cancellation)).Succeeded(out var found, out var missing))
                        return Exit.Refuse(missing);
                    above.Add(found.Pk);
                }
                if (!(await CreateAsync(services, parsed.GetRequiredValue(name), parsed.GetValue(superuser), above, cancellation)).Succeeded(out var made, out var fault))
                    return Exit.Refuse(fault);
                Console.WriteLine(made.Pk);
                return Exit.Done;
            },
            cancellation));
        return command;
    }

    static Command List(Inside inside)
    {
        var search = new Option<string?>("--search") { Description = "Words, or a query such as is_superuser = True." };
        var output = Output.Option();
        var command = new Command("list", $"List groups: {string.Join(", ", Columns)}.") { search, output };
        command.SetAction((parsed, cancellation) => inside(
            services => Output.PrintAsync(services, GroupKind.Kind, parsed.GetValue(search), "name", Columns, parsed.IsJson(output), cancellation), cancellation));
        return command;
    }

    static Command Members(string verb, string description, Inside inside, Func<ChangeMembers, string, int, CancellationToken, Task<Result<Unit>>> change)
    {
        var group = new Argument<string>("group") { Description = "Name of the group." };
        var users = new Argument<string[]>("usernames") { Description = "Usernames.", Arity = ArgumentArity.OneOrMore };
        var command = new Command(verb, description) { group, users };
        command.SetAction((parsed, cancellation) => inside.WritingAsync(
            services => services.GetRequiredService<PosternDb>().InTransactionAsync(
                async () =>
                {
                    if (!(await FindNamed.GroupAsync(services, parsed.GetRequiredValue(group), cancellation)).Succeeded(out var found, out var missing))
                        return Exit.Refuse(missing);
                    foreach (var username in parsed.GetRequiredValue(users))
                    {
                        if (!(await FindNamed.UserAsync(services, username, cancellation)).Succeeded(out var user, out var unknown))
                            return Exit.Refuse(unknown);
                        if ((await change(services.GetRequiredService<ChangeMembers>(), found.Pk.ToString(), user.Pk, cancellation)).Fault is { } fault)
                            return Exit.Refuse(fault);
                    }
                    return Exit.Done;
                },
                code => code == Exit.Done,
                cancellation),
            cancellation));
        return command;
    }
}
