using System.Text.Json.Nodes;
using Postern.Directory.Batches;
using Postern.Directory.Users;
using Postern.Jobs;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage;

namespace Postern.Directory.Imports;

/// <summary>
/// Takes a CSV file of users, checks its form at once and queues the work. Needs <c>add_user</c>, and <c>reset_user_password</c> where the file brings
/// hashes of passwords; the rows are checked one by one later. Faults: unauthenticated, forbidden, invalid (under <c>file</c>).
/// </summary>
public sealed class RequestImport(PosternDb db, IAccess access, JobQueue jobs, TimeProvider clock)
{
    /// <summary>Largest file, in bytes.</summary>
    public const int MaxBytes = 15 * 1024 * 1024;

    static readonly Permission Reset = Permission.Parse("authentik_core.reset_user_password");

    public async Task<Result<UserBatch>> ExecuteAsync(Caller caller, byte[] content, ImportOptions options, CancellationToken cancellation)
    {
        if (await access.RefuseAsync(caller, UserKind.Kind.Add, key: null, cancellation) is { } refusal)
            return refusal;
        if (content.Length > MaxBytes)
            return Fault.Field("file", $"The file is larger than {MaxBytes / 1024 / 1024} MiB. Divide it.");
        if (!CsvText.Decode(content).Succeeded(out var text, out var unreadable))
            return unreadable;
        if (!UserTable.Read(text).Succeeded(out var table, out var broken))
            return broken;
        if (table.HasPasswords && await access.RefuseAsync(caller, Reset, key: null, cancellation) is not null)
            return new Fault.Forbidden("Importing passwords needs the right to reset them.");
        var batch = new UserBatch
        {
            RequestedByPk = caller.UserPk,
            RequestedOn = clock.GetUtcNow(),
            Action = BatchAction.Import,
            Parameters = new JsonObject { ["file"] = options.FileName, ["rows"] = table.Rows.Count, ["dry_run"] = options.DryRun, ["keep_going"] = options.KeepGoing },
        };
        return await db.InTransactionAsync<Result<UserBatch>>(
            async () =>
            {
                db.Add(batch);
                jobs.Add(RunBatch.JobKind, new JsonObject { ["batch"] = batch.Pk });
                await db.SaveChangesAsync(cancellation);
                await db.ExecuteAsync("INSERT INTO user_batch_file (batch_pk, content) VALUES ($1, $2)", cancellation, batch.Pk, text);
                return batch;
            },
            static _ => true,
            cancellation);
    }
}

/// <summary>How a file is imported.</summary>
/// <param name="FileName">What the person calls it.</param>
/// <param name="DryRun">Only report.</param>
/// <param name="KeepGoing">Import the rows that are right although others are wrong.</param>
public sealed record ImportOptions(string FileName, bool DryRun, bool KeepGoing);
