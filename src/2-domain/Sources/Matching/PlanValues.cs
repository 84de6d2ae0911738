using System.Text.Json.Nodes;
using Postern.Flows.Plans;
using Postern.Sources.Connections;
using Postern.Sources.OAuth;
using Postern.Storage.Snapshots;

namespace Postern.Sources.Matching;

/// <summary>Sources in a plan, by their key.</summary>
sealed class SourcePlanValue(Snapshot<SourcePicture> sources) : IPlanValue
{
    public string Name => "oauth_source";

    public Type Type => typeof(OAuthSource);

    public JsonNode Write(object value) => ((OAuthSource)value).Pk;

    public async ValueTask<object?> ReadAsync(JsonNode json, CancellationToken cancellation) => (await sources.GetAsync(cancellation)).Find(json.GetValue<Guid>());
}

/// <summary>Connections in a plan, which are often not stored yet.</summary>
sealed class ConnectionPlanValue : IPlanValue
{
    public string Name => "oauth_connection";

    public Type Type => typeof(OAuthConnection);

    public JsonNode Write(object value)
    {
        var connection = (OAuthConnection)value;
        return new JsonObject { ["pk"] = connection.Pk, ["user"] = connection.UserPk, ["source"] = connection.SourcePk, ["identifier"] = connection.Identifier };
    }

    public ValueTask<object?> ReadAsync(JsonNode json, CancellationToken cancellation) => ValueTask.FromResult<object?>(new OAuthConnection
    {
        Pk = json["pk"]!.GetValue<int>(),
        UserPk = json["user"]!.GetValue<int>(),
        SourcePk = json["source"]!.GetValue<Guid>(),
        Identifier = json["identifier"]!.GetValue<string>(),
    });
}
