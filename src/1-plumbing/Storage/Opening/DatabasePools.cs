using System.Data.Common;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Postern.Storage.Opening;

/// <summary>
/// The connections of one process, in three pools. Whoever waits for a connection while holding one asks a later pool than the one it holds from,
/// so that under any load nobody waits in a circle.
/// </summary>
public sealed class DatabasePools : IAsyncDisposable
{
    const int MostBeside = 10;
    const int MostForPictures = 4;
    const int MostPrepared = 200;

    DatabasePools(NpgsqlDataSource requests, NpgsqlDataSource beside, NpgsqlDataSource pictures) =>
        (Requests, Beside, Pictures) = (requests, beside, pictures);

    /// <summary>For requests and jobs.</summary>
    public NpgsqlDataSource Requests { get; }

    /// <summary>For what must not share the asker's transaction: journals that outlive a refusal, queries of scripts.</summary>
    public NpgsqlDataSource Beside { get; }

    /// <summary>For loading pictures of configuration, which any code may need at any moment.</summary>
    public NpgsqlDataSource Pictures { get; }

    /// <summary>Pools as the product uses them, for a connection string of one's own.</summary>
    public static DatabasePools Connect(string connectionString, ILoggerFactory loggers)
    {
        // What was said; Npgsql's own builder knows a value for every key.
        var said = new DbConnectionStringBuilder { ConnectionString = connectionString };
        return new(Open(null), Open(MostBeside), Open(MostForPictures));

        NpgsqlDataSource Open(int? most)
        {
            var builder = new NpgsqlDataSourceBuilder(connectionString) { Name = "postern" };
            builder.ConnectionStringBuilder.ApplicationName ??= "postern";
            builder.ConnectionStringBuilder.Timezone ??= "UTC";
            builder.ConnectionStringBuilder.MaxPoolSize = most ?? builder.ConnectionStringBuilder.MaxPoolSize;
            // Statements that come again are planned once by each connection, unless the connection string says otherwise, as it must in front of old PgBouncers.
            if (!said.ContainsKey("Max Auto Prepare"))
                builder.ConnectionStringBuilder.MaxAutoPrepare = MostPrepared;
            // Nobody leaves settings, locks or temporary tables behind in a session, so there is nothing to clear at each return.
            builder.ConnectionStringBuilder.NoResetOnClose = true;
            // Only types that every PostgreSQL has are used, so nobody need ask it for them.
            builder.ConfigureTypeLoading(static types => types.EnableTypeLoading(false));
            builder.UseLoggerFactory(loggers);
            return builder.Build();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Requests.DisposeAsync();
        await Beside.DisposeAsync();
        await Pictures.DisposeAsync();
    }

    internal NpgsqlDataSource Of(Pool pool) => pool switch
    {
        Pool.Beside => Beside,
        Pool.Pictures => Pictures,
        _ => Requests,
    };
}
