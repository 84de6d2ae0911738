using System.Diagnostics;
using Npgsql;

namespace Postern.Tests.Support.Databases;

/// <summary>Counts the statements that anybody in this process sends to one database, until disposed.</summary>
public sealed class StatementCount : IDisposable
{
    readonly ActivityListener listener;
    int count;

    public StatementCount(TestDatabase database)
    {
        var name = new NpgsqlConnectionStringBuilder(database.ConnectionString).Database;
        listener = new ActivityListener
        {
            ShouldListenTo = source => string.Equals(source.Name, "Npgsql", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (Equals(activity.GetTagItem("db.namespace") ?? activity.GetTagItem("db.name"), name))
                    Interlocked.Increment(ref count);
            },
        };
        ActivitySource.AddActivityListener(listener);
    }

    public int Value => Volatile.Read(ref count);

    public void Dispose() => listener.Dispose();
}
