using System.CommandLine;
using Postern.Directory.Users;

namespace Postern.Cli.Users;

/// <summary><c>user create|list|set-password|set-type|recovery-link|activate|deactivate</c>.</summary>
public static class UserCommand
{
    static readonly string[] Columns = ["pk", "username", "name", "email", "type", "is_active", "path", "last_login"];

    public static Command Create(Inside inside) => new("user", "Users of this installation.")
    {
        CreateUser.Command(inside),
        List(inside),
        SetUserPassword.Command("set-password", inside),
        ChangeUser.Type("set-type", inside),
        RecoveryLink.Command(inside),
        ChangeUser.Active("activate", "Let users sign in again.", isActive: true, inside),
        ChangeUser.Active("deactivate", "Sign users out everywhere and let them sign in no more.", isActive: false, inside),
    };

    /// <summary>The reference's verbs for the same.</summary>
    public static IReadOnlyList<Command> Aliases(Inside inside) =>
        [SetUserPassword.Command("changepassword", inside), ChangeUser.Type("change_user_type", inside), RecoveryLink.Reference(inside)];

    static Command List(Inside inside)
    {
        var search = new Option<string?>("--search") { Description = "Words, or a query such as type = \"external\" and is_active = True." };
        var output = Output.Option();
        var command = new Command("list", $"List users: {string.Join(", ", Columns)}.") { search, output };
        command.SetAction((parsed, cancellation) => inside(
            services => Output.PrintAsync(services, UserKind.Kind, parsed.GetValue(search), "username", Columns, parsed.IsJson(output), cancellation), cancellation));
        return command;
    }
}
