using System.Data.Common;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Postern.Kernel.Access;
using Postern.Storage.Opening;

namespace Postern.Events.Recording;

/// <summary>
/// Records that the product itself failed, in a transaction of its own: what failed rolls nothing of it back. It never fails itself; where the database is what
/// failed, the log has the error alone.
/// </summary>
public sealed partial class RecordFailure(IServiceScopeFactory scopes, ILogger<RecordFailure> log)
{
    /// <summary>Type and message of the error join the context; its trace stays in the log.</summary>
    public async Task ExecuteAsync(Caller caller, EventAction action, string app, JsonObject context, Exception error)
    {
        context["exception"] = $"{error.GetType().FullName}: {error.Message}";
        try
        {
            await using var scope = scopes.CreateAsyncScope(Pool.Beside);
            await scope.ServiceProvider.GetRequiredService<RecordEvent>().SaveAsync(caller, action, app, context, actor: null, CancellationToken.None);
        }
        catch (Exception e) when (e is DbException or DbUpdateException or InvalidOperationException or TimeoutException)
        {
            NotRecorded(e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The failure could not be recorded as an event: {Reason}")]
    partial void NotRecorded(string reason);
}
