using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Postern.Directory.Groups;
using Postern.Directory.Passwords;
using Postern.Directory.Users;
using Postern.Expressions;
using Postern.Policies.Engine;
using Postern.Policies.Expressions.Models;

namespace Postern.Policies.Expressions.Objects;

/// <summary>Users as expressions query them and look into them.</summary>
static class UserModel
{
    public const string AllGroups = """
        WITH RECURSIVE member (group_pk) AS (
            SELECT group_pk FROM user_group WHERE user_pk = {0}
            UNION
            SELECT parent_pk FROM group_parent JOIN member ON child_pk = group_pk)
        SELECT group_pk FROM member
        """;

    public static readonly ExpressionModel<User> Model = new ExpressionModel<User>(UserKind.Kind, "User", "authentik.core.models")
        .Only(static (sql, alias) => $"{alias}.username <> {sql.Parameter(User.AnonymousUsername)}")
        .Alias("ak_groups", "groups")
        .Writes("username", "name", "email", "attributes", "is_active", "path", "type")
        .Member("is_authenticated", static (_, _) => true)
        .Member("is_anonymous", static (_, _) => false)
        .Member("is_superuser", static (user, run) => run.Await(IsSuperuserAsync(user, run)))
        .Member("is_staff", static (user, run) => run.Await(IsSuperuserAsync(user, run)))
        .Member("backend", static (user, run) => Backend(user, run) ?? ExpressionModel<User>.Absent)
        .Method("all_groups", static (user, call) => GroupsOf(user, ExpressionRun.Of(call)))
        .Method("has_usable_password", static (user, _) => PasswordHash.IsUsable(user.Password))
        .Method("set_unusable_password", static (user, _) => { user.Password = PasswordHash.Unusable(); return null; })
        .Method("locale", static (user, _) => user.Attributes["settings"]?["locale"]?.ToString() ?? "")
        .AsyncMethod("group_attributes", static (user, call) => MergeAttributes.OfAsync(user, call));

    /// <summary>The groups of a user, ancestors included, as a query.</summary>
    public static QuerySet GroupsOf(User user, ExpressionRun run) =>
        new QuerySet(run.Catalog.ModelOf(GroupKind.Kind.Name)!, run)
            .Where((sql, alias) => $"{alias}.pk IN ({AllGroups.Replace("{0}", sql.Parameter(user.Pk), StringComparison.Ordinal)})");

    static async ValueTask<bool> IsSuperuserAsync(User user, ExpressionRun run)
    {
        var groups = run.Request is { } request && request.User?.Pk == user.Pk
            ? await run.Services.GetRequiredService<UserGroups>().OfAsync(request, run.Cancellation)
            : await new UserGroups(run.Db).LoadAsync(user.Pk, run.Cancellation);
        return groups.Count > 0 && await run.Db.Set<Group>().AnyAsync(g => g.IsSuperuser && groups.Contains(g.Pk), run.Cancellation);
    }

    // The backend is known only of the user whose password was checked in this plan.
    static object? Backend(User user, ExpressionRun run) =>
        run.Request?.Context is { } context && context.TryGetValue("user_backend", out var backend)
        && context.TryGetValue("pending_user", out var pending) && pending is User known && known.Pk == user.Pk
            ? backend
            : null;
}
