using System.Globalization;
using Postern.Kernel.Access;
using Postern.Storage.Checks;

namespace Postern.Jobs.Looking;

/// <summary>Whether work in the background gets done.</summary>
sealed class JobsCheck(CountJobs count, ListWorkers list, TimeProvider clock) : ICheck
{
    static readonly TimeSpan patience = TimeSpan.FromMinutes(10);

    public string Name => "jobs";

    public async Task<IReadOnlyList<Finding>> ExecuteAsync(CancellationToken cancellation)
    {
        var jobs = await count.ExecuteAsync(cancellation);
        List<Finding> findings = [];
        if (jobs.WaitingSince is { } since && clock.GetUtcNow() - since > patience)
        {
            var workers = (await list.ExecuteAsync(Caller.System, cancellation)).Value.Count;
            findings.Add(Finding.Error(
                string.Create(CultureInfo.InvariantCulture, $"{jobs.Due} jobs are due, the first since {since:yyyy-MM-dd HH:mm} UTC; {workers} workers are there."),
                workers == 0 ? "Start a worker: postern worker, or postern all." : "Look under System > Jobs at what runs so long."));
        }
        if (jobs.Failed > 0)
            findings.Add(Finding.Warning(string.Create(CultureInfo.InvariantCulture, $"{jobs.Failed} jobs were given up after many attempts."), "System > Jobs shows why; Retry has them run again."));
        if (jobs.Retrying > 0)
            findings.Add(Finding.Warning(string.Create(CultureInfo.InvariantCulture, $"{jobs.Retrying} jobs failed and are being tried again."), "System > Jobs shows why."));
        return findings.Count > 0 ? findings : [Finding.Good(string.Create(CultureInfo.InvariantCulture, $"{jobs.Due} jobs are due, none failed."))];
    }
}
