using Postern.Expressions;
using Postern.Policies.Expressions;
using Postern.Policies.Expressions.Functions;

namespace Postern.Flows.Setup;

/// <summary><c>ak_setup_completed()</c>: whether the first administrator ever had a password; a trigger of the table of users keeps that in mind.</summary>
sealed class SetupCompleted : IExpressionFunction
{
    public string Name => "ak_setup_completed";

    public async ValueTask<object?> CallAsync(ExpressionRun run, HostCall call) =>
        await run.Db.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM setup_mark)", run.Cancellation);
}
