using System.Text.Json.Nodes;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;

namespace Postern.Events.Recording;

/// <summary>Turns each change of an object into an event. What the product does by itself (start-up, jobs) is no administrator's act and leaves none.</summary>
sealed class AuditTrail(RecordEvent events) : IAuditTrail
{
    static readonly HashSet<FieldType> Telling =
        [FieldType.Boolean, FieldType.Choice, FieldType.ChoiceList, FieldType.Integer, FieldType.Number, FieldType.Uuid, FieldType.Reference, FieldType.ReferenceList, FieldType.Timestamp, FieldType.Duration];

    public void Record(PosternDb db, Caller caller, ObjectChange change, ModelKind kind, object entity, JsonObject diff)
    {
        if (caller.Kind is CallerKind.System || kind == EventKind.Kind)
            return;
        var context = new JsonObject { ["model"] = ObjectPart.Of(kind, entity) };
        if (diff.Count > 0)
            context["diff"] = Shown(kind, diff);
        foreach (var field in kind.Fields.Where(f => change is ObjectChange.Created && f.ToldAs is not null))
            context[field.ToldAs!] = field.NodeOf(entity);
        events.Add(caller, Action(change), kind.App, context);
    }

    // Judged field by field, by type before name: "authentication_flow" is a reference, whatever it begins with.
    static JsonObject Shown(ModelKind kind, JsonObject diff)
    {
        var shown = new JsonObject();
        foreach (var (name, change) in diff)
        {
            var hide = Cleanse.IsSecret(name) && kind.Find(name) is { } field && !Telling.Contains(field.Type);
            shown[name] = hide ? new JsonObject { ["previous_value"] = Cleanse.Stars, ["new_value"] = Cleanse.Stars } : change?.DeepClone();
        }
        return shown;
    }

    static EventAction Action(ObjectChange change) => change switch
    {
        ObjectChange.Created => EventAction.ModelCreated,
        ObjectChange.Updated => EventAction.ModelUpdated,
        _ => EventAction.ModelDeleted,
    };
}
