using Postern.Expressions;
using Postern.Policies.Expressions.Models;
using Postern.Policies.Expressions.Objects;

namespace Postern.Policies.Expressions.Functions;

/// <summary><c>ak_is_group_member(user, **filters)</c>: whether one of the user's groups, ancestors included, matches.</summary>
sealed class TestMembership : IExpressionFunction
{
    public string Name => "ak_is_group_member";

    public async ValueTask<object?> CallAsync(ExpressionRun run, HostCall call)
    {
        if (ExpressionRun.UserOf(call.Require(0, "user")) is not { } user)
            return false;
        var groups = UserModel.GroupsOf(user, run);
        foreach (var (filter, value) in call.Keywords.Where(k => !string.Equals(k.Key, "user", StringComparison.Ordinal)))
            groups = groups.Where((sql, alias) => Lookups.Condition(run.Catalog, groups.Model, sql, alias, filter, value));
        return await QueryRows.ExistsAsync(groups, call.Cancellation);
    }
}
