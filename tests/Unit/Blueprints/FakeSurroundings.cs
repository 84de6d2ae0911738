using System.Text.Json.Nodes;
using Postern.Blueprints;
using Postern.Blueprints.Resolving;

namespace Postern.Tests.Unit.Blueprints;

/// <summary>A small world for tags to look at.</summary>
internal sealed class FakeSurroundings : IBlueprintObjects, IBlueprintEnvironment, IBlueprintFiles
{
    public Dictionary<string, string> Keys { get; } = new(StringComparer.Ordinal) { ["flow"] = "key-of-flow" };

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> Texts { get; } = new(StringComparer.Ordinal);

    public List<string> Searches { get; } = [];

    public FindOutcome KeyOf(string id, BlueprintEntry entry) => Keys.TryGetValue(id, out var key) ? FindOutcome.Found(JsonValue.Create(key)) : FindOutcome.Nothing;

    public ValueTask<FindOutcome> FindAsync(string model, IReadOnlyList<FindFilter> filters, CancellationToken cancellation) =>
        ValueTask.FromResult(Find(model, filters, JsonValue.Create("found")));

    public ValueTask<FindOutcome> FindObjectAsync(string model, IReadOnlyList<FindFilter> filters, CancellationToken cancellation) =>
        ValueTask.FromResult(model is "authentik_core.blank"
            ? FindOutcome.Refused($"Model {model} is not resolvable through FindObject")
            : Find(model, filters, new JsonObject { ["pk"] = 7, ["name"] = "found", ["tags"] = new JsonArray("a", "b") }));

    public bool TryGet(string name, out string? value)
    {
        value = Variables.GetValueOrDefault(name);
        return !name.StartsWith("SECRET", StringComparison.Ordinal);
    }

    public ValueTask<FileText> ReadAsync(string path, CancellationToken cancellation) =>
        ValueTask.FromResult(Texts.TryGetValue(path, out var text) ? new FileText(text, null) : new FileText(null, "The file does not exist."));

    FindOutcome Find(string model, IReadOnlyList<FindFilter> filters, JsonNode match)
    {
        Searches.Add($"{model}({string.Join(", ", filters.Select(filter => $"{filter.Field}={filter.Value?.ToJsonString() ?? "null"}"))})");
        if (model is "authentik_core.unknown") return FindOutcome.Refused("App or Model does not exist: authentik_core.unknown");
        return filters.Any(filter => filter.Value?.ToJsonString() is "\"missing\"") ? FindOutcome.Nothing : FindOutcome.Found(match);
    }
}
