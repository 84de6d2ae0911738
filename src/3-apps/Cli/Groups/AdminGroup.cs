using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Postern.Directory.Groups;
using Postern.Kernel.Access;
using Postern.Storage;

namespace Postern.Cli.Groups;

/// <summary><c>create_admin_group</c>: the way back when nobody is a superuser any more.</summary>
public static class AdminGroup
{
    const string Name = "authentik Admins";

    public static Command Create(Inside inside)
    {
        var username = new Argument<string>("username") { Description = "Who becomes a superuser." };
        var command = new Command("create_admin_group", $"Put a user into the superuser group {Name}, which is made if it is not there.") { username };
        command.SetAction((parsed, cancellation) => inside(
            services => services.GetRequiredService<PosternDb>().InTransactionAsync(
                async () =>
                {
                    if (!(await FindNamed.UserAsync(services, parsed.GetRequiredValue(username), cancellation)).Succeeded(out var user, out var unknown))
                        return Exit.Refuse(unknown);
                    var found = await FindNamed.GroupAsync(services, Name, cancellation);
                    if (found.Fault is not null)
                        found = await GroupCommand.CreateAsync(services, Name, isSuperuser: true, [], cancellation);
                    if (!found.Succeeded(out var group, out var fault))
                        return Exit.Refuse(fault);
                    if (!group.IsSuperuser)
                        return Exit.Refuse($"The group {Name} exists and is no superuser group.");
                    var added = await services.GetRequiredService<ChangeMembers>().AddAsync(Caller.Operator, group.Pk.ToString(), user.Pk, cancellation);
                    return added.Fault is { } refusal ? Exit.Refuse(refusal) : Exit.Done;
                },
                code => code == Exit.Done,
                cancellation),
            cancellation));
        return command;
    }
}
