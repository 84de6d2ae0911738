using System.Text.Json.Nodes;
using Postern.Events;
using Postern.Storage.Kinds;
using Postern.Web.Admin.Tabs;

namespace Postern.Web.Admin.Logs;

/// <summary>What an event says: who did it and in whose name, to what, what changed, and by which request.</summary>
sealed class EventOverviewTab(Sections sections, KindRegistry kinds) : IObjectTab
{
    static readonly string[] apart = ["model", "diff", "http_request", "message"];

    public ModelKind Kind => EventKind.Kind;

    public string Name => "Overview";

    public int Order => 0;

    public Task<TabContent> ShowAsync(TabRequest request)
    {
        var entry = (Event)request.Entity;
        var rest = new JsonObject(entry.Context.Where(p => !apart.Contains(p.Key, StringComparer.Ordinal)).Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));
        return Task.FromResult(TabContent.Of<EventOverview>(new
        {
            Event = entry,
            Object = ObjectOf(entry),
            Changes = (IReadOnlyList<EventChange>)[.. (entry.Context["diff"] as JsonObject ?? []).Select(EventChange.Of)],
            Request = entry.Context["http_request"] as JsonObject,
            Rest = rest,
        }));
    }

    /// <summary>What was done something to, and its page where it may still have one.</summary>
    EventObject? ObjectOf(Event entry)
    {
        if (entry.Context["model"] is not JsonObject model)
            return null;
        var kind = kinds.Find($"{model["app"]}.{model["model_name"]}");
        var section = kind is null ? null : sections.For(kind);
        var pk = model["pk"]?.ToString() ?? "";
        var url = section is null || kind!.Lookup != kind.Key || string.Equals(entry.Action, "model_deleted", StringComparison.Ordinal) ? null : $"{section.Url}{Uri.EscapeDataString(Guid.TryParse(pk, out var uuid) ? uuid.ToString() : pk)}/";
        return new EventObject(kind?.Label ?? model["model_name"]?.ToString() ?? "?", model["name"]?.ToString() ?? pk, url, $"/if/admin/events/log/?context_model_pk={Uri.EscapeDataString(pk)}");
    }
}

/// <summary>The object of an event.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">What it was called then.</param>
/// <param name="Url">Its page; null where it has none.</param>
/// <param name="History">All events about it.</param>
public sealed record EventObject(string Kind, string Name, string? Url, string History);

/// <summary>One field, before and after.</summary>
public sealed record EventChange(string Field, string Before, string After)
{
    internal static EventChange Of(KeyValuePair<string, JsonNode?> change) =>
        new(FormView.Words(change.Key), Show(change.Value?["previous_value"]), Show(change.Value?["new_value"]));

    static string Show(JsonNode? value) => value switch
    {
        null => "—",
        JsonValue text => text.ToString() is { Length: > 0 } some ? some : "(empty)",
        JsonArray { Count: 0 } or JsonObject { Count: 0 } => "(empty)",
        _ => YamlText.Show(value),
    };
}
