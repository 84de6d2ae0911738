using Postern.Directory.Groups;
using Postern.Expressions;
using Postern.Policies.Expressions.Models;

namespace Postern.Policies.Expressions.Objects;

/// <summary>Groups as expressions query them and look into them.</summary>
static class GroupModel
{
    public static readonly ExpressionModel<Group> Model = new ExpressionModel<Group>(GroupKind.Kind, "Group", "authentik.core.models")
        .Writes("name", "is_superuser", "attributes")
        .Creates()
        .Member("parent", static (group, run) => run.Await(ParentAsync(group, run)))
        .AsyncMethod("is_member", static async (group, call) => ExpressionRun.UserOf(call.Require(0, "user")) is { } user
            && await QueryRows.ExistsAsync(
                UserModel.GroupsOf(user, ExpressionRun.Of(call)).Where((sql, alias) => $"{alias}.pk = {sql.Parameter(group.Pk)}"), call.Cancellation));

    static async ValueTask<object?> ParentAsync(Group group, ExpressionRun run)
    {
        var parents = new QuerySet(run.Catalog.ModelOf(GroupKind.Kind.Name)!, run)
            .Where((sql, alias) => $"{alias}.pk IN (SELECT parent_pk FROM group_parent WHERE child_pk = {sql.Parameter(group.Pk)})");
        return await QueryRows.FirstAsync(parents.OrderBy(["name"]), run.Cancellation);
    }
}
