using System.Text.Json.Nodes;
using Postern.Applications;
using Postern.Flows.Plans;
using Postern.Storage.Snapshots;

namespace Postern.OAuth2.Authorize;

/// <summary>Applications in a plan, by their key.</summary>
sealed class ApplicationPlanValue(Snapshot<ApplicationPicture> applications) : IPlanValue
{
    public string Name => "application";

    public Type Type => typeof(Application);

    public JsonNode Write(object value) => ((Application)value).Pk;

    public async ValueTask<object?> ReadAsync(JsonNode json, CancellationToken cancellation) => (await applications.GetAsync(cancellation)).Find(json.GetValue<Guid>());
}
