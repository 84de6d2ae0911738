using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Postern.Applications.Icons;
using Postern.Flows.Running;
using Postern.Stages.Identification;
using Postern.Storage.Snapshots;

namespace Postern.Sources.Buttons;

/// <summary>The sources that an identification stage offers, by name.</summary>
sealed class ShowSources(Snapshot<SourcePicture> sources) : IOtherWays
{
    public async ValueTask<JsonArray> ExecuteAsync(IReadOnlyList<Guid> offered, StageRun run, CancellationToken cancellation) =>
        [.. (await sources.GetAsync(cancellation)).Enabled.Where(s => s.LoginPath is not null && offered.Contains(s.Pk)).Select(s => (JsonNode)Button(s, run))];

    static JsonObject Button(Source source, StageRun run) => new()
    {
        ["name"] = source.Name,
        ["icon_url"] = Icon.UrlOf(source.Icon),
        ["promoted"] = source.Promoted,
        ["challenge"] = new JsonObject { ["component"] = FlowAnswer.RedirectComponent, ["to"] = $"{source.LoginPath}{Query(run)}" },
    };

    /// <summary>Where the person wanted to go, and an invitation, travel along.</summary>
    static QueryString Query(StageRun run) => QueryString.Create(
        new[] { ("next", run.Query["next"]), ("itoken", run.Query["itoken"]), ("flow", run.Flow.Slug) }.Where(p => !string.IsNullOrEmpty(p.Item2)).Select(p => KeyValuePair.Create(p.Item1, p.Item2)));
}
