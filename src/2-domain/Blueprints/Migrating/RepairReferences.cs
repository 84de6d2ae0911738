using System.Text.Json.Nodes;
using Postern.Blueprints.Exporting;
using Postern.Storage.Kinds;

namespace Postern.Blueprints.Migrating;

/// <summary>Makes a set whose references all lead somewhere: what points to something left behind loses the reference, or stays behind too where it cannot be without.</summary>
sealed class RepairReferences(KindRegistry kinds, IEnumerable<ExportPart> parts, MigrationReport report)
{
    readonly Dictionary<(ModelKind Kind, string Key), (string Field, JsonNode Value)> outside = [];

    /// <summary>The set, and how to find by name those objects of the target that references may lead to all the same.</summary>
    public (ExportSet Set, IReadOnlyDictionary<(ModelKind Kind, string Key), (string Field, JsonNode Value)> Outside) Execute(List<ExportedObject> objects)
    {
        foreach (var item in objects.Where(o => Lacking(o) is not null).ToList())
        {
            report.Note($"{item.Kind.Label} “{item.Name}” was left out, because the API does not tell its {Lacking(item)}; where one of this name is there already, references lead to it");
            objects.Remove(item);
            if (item.Kind.Identifiers is [var identifier] && item.Values[identifier] is { } value)
                outside[(item.Kind, item.Key)] = (identifier, value.DeepClone());
        }
        while (true)
        {
            var set = new ExportSet(kinds, parts);
            foreach (var item in objects)
                set.Add(item);
            if (objects.RemoveAll(o => !CanStay(set, o)) == 0)
                return (set, outside);
        }
    }

    static string? Lacking(ExportedObject item) =>
        item.Kind.Fields.FirstOrDefault(f => f is { Required: true, ReadOnly: false, BlueprintOnly: false } && !item.Values.ContainsKey(f.Name))?.Name;

    bool CanStay(ExportSet set, ExportedObject item)
    {
        foreach (var field in item.Kind.Fields.Where(f => item.Values[f.Name] is not null && (f.Type is FieldType.Reference or FieldType.ReferenceList || set.Targets(item.Kind, f).Any())))
        {
            var lost = ExportSet.Items(item.Values[field.Name]).Where(key => key is not null && !Leads(set, item, field, key)).Select(ExportSet.Text).ToList();
            if (lost.Count == 0)
                continue;
            var isNeeded = field.Required && item.Values[field.Name] is not JsonArray;
            report.Note($"{item.Kind.Label} “{item.Name}” {(isNeeded ? "was left out" : "lost a reference")}: what {field.Name} points to is not taken over");
            if (isNeeded)
                return false;
            item.Values[field.Name] = item.Values[field.Name] is JsonArray list
                ? new JsonArray([.. list.Where(key => !lost.Contains(ExportSet.Text(key), StringComparer.Ordinal)).Select(key => key?.DeepClone())])
                : null;
        }
        return true;
    }

    bool Leads(ExportSet set, ExportedObject item, Field field, JsonNode key) =>
        set.Find(item, field, key) is not null || set.Targets(item.Kind, field).Any(t => outside.ContainsKey((t, ExportSet.Text(key))));
}
