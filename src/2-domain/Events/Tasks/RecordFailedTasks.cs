using System.Text.Json.Nodes;
using Postern.Events.Recording;
using Postern.Jobs;
using Postern.Kernel.Access;

namespace Postern.Events.Tasks;

/// <summary>Makes events of jobs that fail.</summary>
sealed class RecordFailedTasks(RecordFailure failures) : IJobListener
{
    public Task FailedAsync(string kind, Exception error, bool givenUp) => failures.ExecuteAsync(
        Caller.System, EventAction.SystemTaskException, "authentik.tasks",
        new JsonObject { ["message"] = givenUp ? $"Task {kind} was given up" : $"Task {kind} failed and will be tried again", ["task"] = kind }, error);
}
