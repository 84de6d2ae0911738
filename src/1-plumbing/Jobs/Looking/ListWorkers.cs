using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage;

namespace Postern.Jobs.Looking;

/// <summary>Shows who works on jobs: each worker names itself on the connection on which it waits, so that a dead one is gone from the list at once.</summary>
public sealed class ListWorkers(PosternDb db, IAccess access)
{
    const string Statement = """
        SELECT split_part(application_name, ' ', 3), split_part(application_name, ' ', 4) FROM pg_stat_activity
        WHERE datname = current_database() AND application_name LIKE 'postern worker %' ORDER BY 1
        """;

    /// <summary>Faults: forbidden.</summary>
    public async Task<Result<IReadOnlyList<WorkerView>>> ExecuteAsync(Caller caller, CancellationToken cancellation)
    {
        if (await access.RefuseAsync(caller, JobPermissions.View, key: null, cancellation) is { } refusal)
            return refusal;
        var workers = new List<WorkerView>();
        await using var rows = await db.ReadAsync(Statement, cancellation);
        while (await rows.ReadAsync(cancellation))
            workers.Add(new WorkerView(rows.GetString(1), rows.GetString(0)));
        return Result<IReadOnlyList<WorkerView>>.Of(workers);
    }
}

/// <summary>A process that runs jobs.</summary>
/// <param name="Name">Its machine and number.</param>
/// <param name="Version">Of the product.</param>
public sealed record WorkerView(string Name, string Version)
{
    /// <summary>The version of this process.</summary>
    public static string OwnVersion { get; } = typeof(WorkerView).Assembly.GetName().Version!.ToString(3);

    /// <summary>What this process calls itself while it works; the database keeps 63 characters.</summary>
    internal static string OwnName
    {
        get
        {
            var name = $"postern worker {OwnVersion} {Environment.MachineName.Replace(' ', '-')}:{Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
            return name[..Math.Min(63, name.Length)];
        }
    }
}
