using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Storage.Kinds;

namespace Postern.Flows.Plans;

/// <summary>Planned stages as JSON; an inserted stage is written by the fields of its kind.</summary>
static class StageJson
{
    public static JsonObject Write(PlannedStage planned, KindRegistry kinds) => new()
    {
        ["binding"] = planned.BindingPk,
        ["stage"] = planned.StagePk,
        ["again"] = planned.ReEvaluate,
        ["inline"] = planned.Inline is { } stage ? Inline(stage, kinds) : null,
    };

    /// <summary>Null when the stage is of a kind that is no more.</summary>
    public static PlannedStage? Read(JsonObject json, KindRegistry kinds)
    {
        Stage? inline = null;
        if (json["inline"] is JsonObject stored)
        {
            if (kinds.Find(stored["kind"]!.GetValue<string>()) is not { } kind)
                return null;
            inline = (Stage)kind.New();
            Fill(kind, inline, stored["fields"]!.AsObject());
        }
        return new PlannedStage
        {
            BindingPk = json["binding"]?.GetValue<Guid>(),
            StagePk = json["stage"]?.GetValue<Guid>(),
            ReEvaluate = json["again"]!.GetValue<bool>(),
            Inline = inline,
        };
    }

    static JsonObject Inline(Stage stage, KindRegistry kinds)
    {
        var kind = kinds.Of(stage.GetType()) ?? throw new InvalidOperationException($"No kind for {stage.GetType()}");
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var field in Stored(kind))
            {
                writer.WritePropertyName(field.Name);
                field.Write(writer, field.Get(stage));
            }
            writer.WriteEndObject();
        }
        return new() { ["kind"] = kind.Name, ["fields"] = JsonNode.Parse(buffer.ToArray()) };
    }

    static void Fill(ModelKind kind, Stage stage, JsonObject fields)
    {
        using var document = JsonDocument.Parse(fields.ToJsonString());
        foreach (var field in Stored(kind))
        {
            if (document.RootElement.TryGetProperty(field.Name, out var json) && field.TryParse(json, out var value, out _))
                field.Set(stage, value);
        }
    }

    static IEnumerable<Field> Stored(ModelKind kind) => kind.Fields.Where(f => f.Member is not null && f != kind.Key);
}
