using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Postern.Kernel;
using Postern.Storage;
using Postern.Storage.Opening;

namespace Postern.Directory.Batches;

/// <summary>Counts what a batch does and tells it to the database every second, beside the transaction of the work itself.</summary>
sealed class BatchProgress(Guid batch, IServiceScopeFactory scopes, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>Problems that are kept; the rest is only counted.</summary>
    public const int MostProblems = 500;

    readonly AsyncServiceScope beside = scopes.CreateAsyncScope(Pool.Beside);
    readonly JsonArray problems = [];
    long told;

    public int Total { get; set; }

    public int Done { get; private set; }

    public int Failed { get; private set; }

    /// <summary>Somebody asked to stop, or deleted the batch.</summary>
    public bool IsUnwanted { get; private set; }

    public void Succeed() => Done++;

    /// <summary>One user or row was refused.</summary>
    public void Fail(JsonObject which, Fault fault)
    {
        (Done, Failed) = (Done + 1, Failed + 1);
        if (fault is Fault.Invalid invalid)
        {
            foreach (var (field, messages) in invalid.Errors.ToDictionary())
                Add(which, string.Equals(field, FieldErrors.NonField, StringComparison.Ordinal) ? "" : field, string.Join(' ', messages));
        }
        else
            Add(which, field: "", fault.Message);
    }

    /// <summary>Tells how far it is, at most once a second; false when the batch is not wanted any more.</summary>
    public async ValueTask<bool> TellAsync(CancellationToken cancellation)
    {
        if (told != 0 && clock.GetElapsedTime(told) < TimeSpan.FromSeconds(1))
            return !IsUnwanted;
        told = clock.GetTimestamp();
        const string tell = "UPDATE user_batch SET total = $2, done = $3, failed = $4 WHERE pk = $1 AND NOT cancelled";
        IsUnwanted = await Db.ExecuteAsync(tell, cancellation, batch, Total, Done, Failed) == 0;
        return !IsUnwanted;
    }

    /// <summary>Writes the outcome.</summary>
    public async Task FinishAsync(string error, CancellationToken cancellation)
    {
        const string finish = "UPDATE user_batch SET total = $2, done = $3, failed = $4, problems = $5::jsonb, error = $6, finished_on = $7 WHERE pk = $1";
        await Db.ExecuteAsync(finish, cancellation, batch, Total, Done, Failed, problems.ToJsonString(), error, clock.GetUtcNow());
        await Db.ExecuteAsync("DELETE FROM user_batch_file WHERE batch_pk = $1", cancellation, batch);
    }

    public ValueTask DisposeAsync() => beside.DisposeAsync();

    PosternDb Db => beside.ServiceProvider.GetRequiredService<PosternDb>();

    void Add(JsonObject which, string field, string message)
    {
        if (problems.Count >= MostProblems)
            return;
        var problem = (JsonObject)which.DeepClone();
        (problem["field"], problem["message"]) = (field, message);
        problems.Add(problem);
    }
}
