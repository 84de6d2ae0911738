using Postern.Directory.Users;
using Postern.Expressions;

namespace Postern.Policies.Expressions.Objects;

/// <summary>Users as expressions see them; nobody has an object of its own.</summary>
static class UserObject
{
    public static object? Of(User? user, ExpressionRun run) => user is null ? Nobody(run) : run.Show(user);

    /// <summary>Who is signed in.</summary>
    public static object? OfCaller(ExpressionRun run) => run.Request?.Caller is { UserPk: { } pk }
        ? run.Request.User is { } user && user.Pk == pk
            ? run.Show(user)
            : run.Await(UserModel.Model.LoadAsync(run.Db, [pk], run.Cancellation)) is [var found, ..] ? run.Show(found) : Nobody(run)
        : Nobody(run);

    static HostRecord Nobody(ExpressionRun run) => new(
        "AnonymousUser",
        run.Catalog.MethodsOf(Directory.Users.UserKind.Kind.Name).Select(m => KeyValuePair.Create(m.Name, (object?)new HostFunction(m.Name, _ => new NoRows()))).Concat(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["pk"] = null,
            ["id"] = null,
            ["username"] = "",
            ["name"] = "",
            ["email"] = "",
            ["attributes"] = new ScriptDict(),
            ["is_authenticated"] = false,
            ["is_anonymous"] = true,
            ["is_active"] = false,
            ["is_superuser"] = false,
            ["is_staff"] = false,
            ["groups"] = new NoRows(),
            ["ak_groups"] = new NoRows(),
            ["all_groups"] = new HostFunction("all_groups", _ => new NoRows()),
            ["group_attributes"] = new HostFunction("group_attributes", _ => new ScriptDict()),
            ["has_usable_password"] = new HostFunction("has_usable_password", _ => false),
        }));
}
