using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Postern.Storage.Opening;

/// <summary>
/// Gives each context a connection of its own pool. Among the options, each data source would cost a model and a cache of queries of its own, however many servers run in one process.
/// </summary>
sealed class OwnConnection : DbConnectionInterceptor
{
    public override InterceptionResult<DbConnection> ConnectionCreating(ConnectionCreatingEventData eventData, InterceptionResult<DbConnection> result) =>
        InterceptionResult<DbConnection>.SuppressWithResult(((PosternDb)eventData.Context!).Source.CreateConnection());
}
