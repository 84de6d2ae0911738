using Postern.Directory.Users;
using Postern.Expressions;
using Postern.Policies.Expressions.Models;

namespace Postern.Policies.Expressions.Functions;

/// <summary><c>ak_user_by(**filters)</c>: the first user that matches, or None; also for fields that do not exist.</summary>
sealed class FindUser : IExpressionFunction
{
    public string Name => "ak_user_by";

    public async ValueTask<object?> CallAsync(ExpressionRun run, HostCall call)
    {
        try
        {
            var users = new QuerySet(run.Catalog.ModelOf(UserKind.Kind.Name)!, run);
            return await QueryMethods.FirstAsync(QueryMethods.Filter(users, call), call);
        }
        catch (ScriptException e) when (e.Type == Lookups.FieldError)
        {
            return null;
        }
    }
}
