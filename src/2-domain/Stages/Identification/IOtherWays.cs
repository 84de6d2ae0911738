using System.Text.Json.Nodes;
using Postern.Flows.Running;

namespace Postern.Stages.Identification;

/// <summary>Shows the places elsewhere that people may sign in with in place of telling who they are.</summary>
public interface IOtherWays
{
    /// <summary>Objects of <c>name</c>, <c>icon_url</c>, <c>promoted</c> and <c>challenge</c>, for those of the given that may be used.</summary>
    ValueTask<JsonArray> ExecuteAsync(IReadOnlyList<Guid> offered, StageRun run, CancellationToken cancellation);
}
