using System.Collections;
using System.Globalization;
using System.Text.Json.Nodes;
using Postern.Storage.Kinds;

namespace Postern.Flows.Plans;

/// <summary>Plans as versioned JSON. Only registered types are ever made from it.</summary>
sealed class PlanJson(IEnumerable<IPlanValue> values, KindRegistry kinds)
{
    const int Version = 1;
    const string Mark = "$";

    readonly Dictionary<Type, IPlanValue> byType = values.ToDictionary(v => v.Type);
    readonly Dictionary<string, IPlanValue> byName = values.ToDictionary(v => v.Name, StringComparer.Ordinal);

    public JsonObject Write(Plan plan) => new()
    {
        ["version"] = Version,
        ["flow"] = plan.FlowPk,
        ["origin"] = plan.Origin,
        ["started_at"] = plan.StartedAt,
        ["stages"] = new JsonArray([.. plan.Stages.Select(s => (JsonNode)StageJson.Write(s, kinds))]),
        ["context"] = Map(plan.Context),
    };

    /// <summary>The plan, or null when it was stored by a version that this one does not understand.</summary>
    public async ValueTask<Plan?> ReadAsync(JsonObject json, CancellationToken cancellation)
    {
        if (json["version"]?.GetValue<int>() != Version)
            return null;
        var plan = new Plan
        {
            FlowPk = json["flow"]!.GetValue<Guid>(),
            Origin = json["origin"]!.GetValue<string>(),
            StartedAt = json["started_at"]!.GetValue<DateTimeOffset>(),
        };
        foreach (var stage in json["stages"]!.AsArray())
        {
            if (StageJson.Read(stage!.AsObject(), kinds) is not { } planned)
                return null;
            plan.Stages.Add(planned);
        }
        foreach (var (key, value) in json["context"]!.AsObject())
            plan.Context[key] = await ValueAsync(value, cancellation);
        return plan;
    }

    JsonObject Map(IEnumerable<KeyValuePair<string, object?>> map)
    {
        var json = new JsonObject();
        foreach (var (key, value) in map)
            json[key] = Value(value);
        return json;
    }

    JsonNode? Value(object? value) => value switch
    {
        null => null,
        string text => text,
        bool flag => flag,
        int number => number,
        long number => number,
        double number => Marked("float", number.ToString("R", CultureInfo.InvariantCulture)),
        DateTimeOffset time => Marked("time", time),
        DateOnly date => Marked("date", date.ToString("O", CultureInfo.InvariantCulture)),
        Guid uuid => Marked("uuid", uuid),
        JsonNode node => Marked("json", node.DeepClone()),
        _ when byType.TryGetValue(value.GetType(), out var known) => Marked(known.Name, known.Write(value)),
        IEnumerable<KeyValuePair<string, object?>> map => map.Any(p => p.Key is Mark) ? Marked("map", Map(map)) : Map(map),
        IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(Value)]),
        _ => throw new InvalidOperationException($"A plan cannot keep a {value.GetType()}"),
    };

    async ValueTask<object?> ValueAsync(JsonNode? json, CancellationToken cancellation) => json switch
    {
        null => null,
        JsonArray array => await ListAsync(array, cancellation),
        JsonObject map when map[Mark]?.GetValue<string>() is { } name => await MarkedAsync(name, map["v"], cancellation),
        JsonObject map => await MapAsync(map, cancellation),
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        JsonValue value when value.TryGetValue<bool>(out var flag) => flag,
        JsonValue value when value.TryGetValue<long>(out var number) => number,
        _ => json.GetValue<double>(),
    };

    async ValueTask<object?> MarkedAsync(string name, JsonNode? json, CancellationToken cancellation) => name switch
    {
        "float" => double.Parse(json!.GetValue<string>(), CultureInfo.InvariantCulture),
        "time" => json!.GetValue<DateTimeOffset>(),
        "date" => DateOnly.Parse(json!.GetValue<string>(), CultureInfo.InvariantCulture),
        "uuid" => json!.GetValue<Guid>(),
        "json" => json?.DeepClone(),
        "map" => await MapAsync(json!.AsObject(), cancellation),
        _ => byName.TryGetValue(name, out var known) ? await known.ReadAsync(json!, cancellation) : null,
    };

    async ValueTask<List<object?>> ListAsync(JsonArray array, CancellationToken cancellation)
    {
        var list = new List<object?>(array.Count);
        foreach (var item in array)
            list.Add(await ValueAsync(item, cancellation));
        return list;
    }

    async ValueTask<Dictionary<string, object?>> MapAsync(JsonObject json, CancellationToken cancellation)
    {
        var map = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, value) in json)
            map[key] = await ValueAsync(value, cancellation);
        return map;
    }

    static JsonObject Marked(string name, JsonNode? value) => new() { [Mark] = name, ["v"] = value };
}
