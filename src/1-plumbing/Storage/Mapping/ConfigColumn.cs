using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Postern.Storage.Kinds;

namespace Postern.Storage.Mapping;

/// <summary>Moves a family member's own fields between its properties and the <c>config</c> column.</summary>
sealed class ConfigColumn : IMaterializationInterceptor
{
    /// <summary>One for all contexts of the process: a second would make the mapper build everything it caches once more.</summary>
    public static readonly ConfigColumn Shared = new();

    public object InitializedInstance(MaterializationInterceptionData materializationData, object entity)
    {
        if (entity is Configured configured && materializationData.Context is PosternDb db)
            Read(OwnFields(db.Kinds, entity), configured);
        return entity;
    }

    /// <summary>Writes the config of every changed or new family member; call before saving.</summary>
    public static void WriteAll(PosternDb db)
    {
        foreach (var entry in db.ChangeTracker.Entries<Configured>().Where(e => e.State is not EntityState.Deleted))
        {
            var config = Write(OwnFields(db.Kinds, entry.Entity), entry.Entity);
            if (!Same(config, entry.Entity.Config))
                entry.Entity.Config = config;
        }
        db.ChangeTracker.DetectChanges();
    }

    static IEnumerable<Field> OwnFields(KindRegistry kinds, object entity)
    {
        if (kinds.Of(entity.GetType()) is not { Base: { } family } kind)
            return [];
        return kind.Fields.Where(f => f.Member is not null && !family.Fields.Any(b => string.Equals(b.Name, f.Name, StringComparison.Ordinal)));
    }

    static void Read(IEnumerable<Field> fields, Configured entity)
    {
        using var config = JsonDocument.Parse(entity.Config);
        foreach (var field in fields)
        {
            if (!config.RootElement.TryGetProperty(field.Name, out var json))
                continue;
            if (json.ValueKind is JsonValueKind.Null)
                field.Set(entity, null);
            else if (field.TryParse(json, out var value, out _))
                field.Set(entity, value);
        }
    }

    static string Write(IEnumerable<Field> fields, Configured entity)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var field in fields)
            {
                writer.WritePropertyName(field.Name);
                field.Write(writer, field.Get(entity));
            }
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    static bool Same(string a, string b) => JsonNode.DeepEquals(JsonNode.Parse(a), JsonNode.Parse(b));
}
