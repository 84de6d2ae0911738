using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Blueprints.Nodes;

namespace Postern.Blueprints.Resolving;

// Tags that take their value from outside the file.
internal sealed partial class Resolution
{
    readonly HashSet<string> openKeys = new(StringComparer.Ordinal);

    Resolved KeyOf(KeyOfNode tag)
    {
        var key = sources.Objects.KeyOf(tag.Id, entry);
        if (key.Refusal is { } refusal) return Fail(tag, refusal);
        return key.Value is null ? Fail(tag, $"KeyOf: failed to find entry with `id` of `{tag.Id}` and a model instance") : Resolved.Of(Plain(key.Value));
    }

    async ValueTask<Resolved> EnvAsync(EnvNode tag)
    {
        if (!sources.Environment.TryGet(tag.Name, out var value)) Warn(tag, $"Blueprints may not read the environment variable `{tag.Name}`.");
        return string.IsNullOrEmpty(value) ? await DefaultAsync(tag.Default) : Produced(tag, JsonValue.Create(value));
    }

    async ValueTask<Resolved> FileAsync(FileNode tag)
    {
        var file = await sources.Files.ReadAsync(tag.FilePath, cancellation);
        if (file.Text is { } text) return Produced(tag, JsonValue.Create(text.Trim()));
        Warn(tag, $"File `{tag.FilePath}`: {file.Refusal}");
        return await DefaultAsync(tag.Default);
    }

    async ValueTask<Resolved> ContextAsync(ContextNode tag)
    {
        if (context.Find(tag.Key) is not { } node)
        {
            if (tag.Default is null && tests == 0) Warn(tag, $"The context has no `{tag.Key}`; the value is null.");
            return await DefaultAsync(tag.Default);
        }

        if (!openKeys.Add(tag.Key)) return Fail(tag, $"The context value `{tag.Key}` refers to itself.");
        var value = await ResolveAsync(node);
        openKeys.Remove(tag.Key);
        return value;
    }

    async ValueTask<Resolved> FindAsync(FindTagNode tag)
    {
        var model = await ResolveAsync(tag.Model);
        var filters = await FiltersAsync(tag);
        if (model.IsFailed || filters is null) return Resolved.Failed;
        if (model.Value?.GetValueKind() != JsonValueKind.String) return Fail(tag.Model, "The model of a search is written as `app.model`.");
        if (!budget.Lookup()) return Exhausted(tag);

        var name = model.Value.GetValue<string>();
        var outcome = tag is FindObjectNode
            ? await sources.Objects.FindObjectAsync(name, filters, cancellation)
            : await sources.Objects.FindAsync(name, filters, cancellation);
        if (outcome.Refusal is { } refusal) return Fail(tag, refusal);
        if (outcome.Value is null && tests == 0) Warn(tag, $"No {name} matches {Describe(filters)}; the value is null.");
        return Produced(tag, outcome.Value is null ? null : Plain(outcome.Value));
    }

    async ValueTask<List<FindFilter>?> FiltersAsync(FindTagNode tag)
    {
        var filters = new List<FindFilter>(tag.Conditions.Count);
        var isFailed = false;
        foreach (var condition in tag.Conditions)
        {
            var field = await ResolveAsync(condition.Field);
            var value = await ResolveAsync(condition.Value);
            isFailed |= field.IsFailed || value.IsFailed;
            if (field.IsFailed) continue;
            if (field.Value?.GetValueKind() == JsonValueKind.String) filters.Add(new FindFilter(field.Value.GetValue<string>(), value.Value));
            else isFailed |= Fail(condition.Field, "The field of a search is a text.").IsFailed;
        }

        return isFailed ? null : filters;
    }

    ValueTask<Resolved> DefaultAsync(BlueprintNode? fallback) =>
        fallback is null ? ValueTask.FromResult(Resolved.Null) : ResolveAsync(fallback);

    // Objects come with dates and identifiers of their own types; from here on they are plain JSON.
    static JsonNode? Plain(JsonNode value) => JsonNode.Parse(value.ToJsonString());

    void Warn(BlueprintNode node, string warning) => warnings.Add(node.Place, warning);

    static string Describe(List<FindFilter> filters) =>
        filters.Count == 0 ? "anything" : string.Join(" and ", filters.Select(filter => $"{filter.Field} = {Short(PythonText.Str(filter.Value))}"));

    static string Short(string text) => text.Length <= 80 ? text : $"{text.AsSpan(0, 80)}…";
}
