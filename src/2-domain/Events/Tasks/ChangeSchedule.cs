using System.Text.Json.Nodes;
using Postern.Events.Recording;
using Postern.Jobs.Looking;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage;

namespace Postern.Events.Tasks;

/// <summary>Holds a repeating job back, lets it go on, or has it run now. Writes the job and, for a pause, the event. Faults: forbidden, not found, invalid.</summary>
public sealed class ChangeSchedule(PosternDb db, IAccess access, ListSchedules schedules, RecordEvent events, TimeProvider clock)
{
    /// <summary>Pauses or resumes; answers the schedule as it is then. A turn that has begun ends as usual.</summary>
    public async Task<Result<ScheduleView>> PauseAsync(Caller caller, Guid pk, bool paused, CancellationToken cancellation)
    {
        if (!(await FindAsync(caller, pk, JobPermissions.ChangeSchedule, cancellation)).Succeeded(out var schedule, out var fault))
            return fault;
        if (schedule.Paused == paused)
            return schedule;
        return await db.InTransactionAsync<Result<ScheduleView>>(
            async () =>
            {
                await db.ExecuteAsync("UPDATE job SET paused = $2 WHERE key = $1", cancellation, schedule.Job.Kind, paused);
                await db.ExecuteAsync("NOTIFY postern_job", cancellation);
                await events.SaveAsync(caller, EventAction.ModelUpdated, "authentik_tasks_schedules", Context(schedule, paused), actor: null, cancellation);
                return schedule with { Paused = paused };
            },
            static _ => true,
            cancellation);
    }

    /// <summary>Has its next turn come now.</summary>
    public async Task<Result<Unit>> SendAsync(Caller caller, Guid pk, CancellationToken cancellation)
    {
        if (!(await FindAsync(caller, pk, JobPermissions.SendSchedule, cancellation)).Succeeded(out var schedule, out var fault))
            return fault;
        if (schedule.Paused)
            return Fault.Input("This schedule is paused. Resume it first.");
        await db.ExecuteAsync("UPDATE job SET run_at = $2 WHERE key = $1 AND run_at > $2", cancellation, schedule.Job.Kind, clock.GetUtcNow());
        await db.ExecuteAsync("NOTIFY postern_job", cancellation);
        return Unit.Value;
    }

    async Task<Result<ScheduleView>> FindAsync(Caller caller, Guid pk, Permission permission, CancellationToken cancellation)
    {
        if (!(await schedules.ExecuteAsync(caller, cancellation)).Succeeded(out var all, out var unseen))
            return unseen;
        if (all.FirstOrDefault(s => s.Job.Pk == pk) is not { } schedule)
            return new Fault.NotFound("Schedule");
        return await access.RefuseAsync(caller, permission, key: null, cancellation) is { } refusal ? refusal : schedule;
    }

    static JsonObject Context(ScheduleView schedule, bool paused) => new()
    {
        ["model"] = ObjectPart.Of("authentik_tasks_schedules", "schedule", schedule.Job.Pk, schedule.Job.Kind),
        ["diff"] = new JsonObject { ["paused"] = new JsonObject { ["previous_value"] = !paused, ["new_value"] = paused } },
    };
}
