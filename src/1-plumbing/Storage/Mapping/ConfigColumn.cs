using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Postern.Kernel.Values;
using Postern.Storage.Kinds;
using Postern.Storage.Opening;
using Postern.Storage.Sealing;

namespace Postern.Storage.Mapping;

/// <summary>Moves a family member's own fields between its properties and the <c>config</c> column, secrets sealed; and opens and closes what else is sealed.</summary>
sealed class ConfigColumn : IMaterializationInterceptor
{
    /// <summary>One for all contexts of the process: a second would make the mapper build everything it caches once more.</summary>
    public static readonly ConfigColumn Shared = new();

    public object InitializedInstance(MaterializationInterceptionData materializationData, object entity)
    {
        if (materializationData.Context is PosternDb db)
        {
            if (entity is Configured configured)
                Read(db, configured);
            else if (entity is ISealed box)
                box.Open(db.Shape.Seal);
        }
        return entity;
    }

    /// <summary>Writes the config of every changed or new family member, and closes what is sealed; call before saving.</summary>
    public static void WriteAll(PosternDb db)
    {
        foreach (var entry in db.ChangeTracker.Entries<Configured>().Where(e => e.State is not EntityState.Deleted))
        {
            var config = Write(db, entry.Entity);
            if (!Same(config, entry.Entity.Config))
                entry.Entity.Config = config;
        }
        foreach (var entry in db.ChangeTracker.Entries<ISealed>().Where(e => e.State is not EntityState.Deleted))
            entry.Entity.Close(db.Shape.Seal);
        db.ChangeTracker.DetectChanges();
    }

    static IEnumerable<Field> OwnFields(KindRegistry kinds, object entity)
    {
        if (kinds.Of(entity.GetType()) is not { Base: { } family } kind)
            return [];
        return kind.Fields.Where(f => f.Member is not null && !family.Fields.Any(b => string.Equals(b.Name, f.Name, StringComparison.Ordinal)));
    }

    // What a slice sealed by itself, for a purpose of its own, is its own to open.
    static string Opened(SecretSeal seal, string stored, string purpose) => seal.Open(stored, purpose)?.Reveal ?? stored;

    static string PurposeOf(PosternDb db, Configured entity, Field field) => SealedColumn.PurposeOf(db.Kinds.Of(entity.GetType())!, field);

    static void Read(PosternDb db, Configured entity)
    {
        using var config = JsonDocument.Parse(entity.Config);
        foreach (var field in OwnFields(db.Kinds, entity))
        {
            if (!config.RootElement.TryGetProperty(field.Name, out var json))
                continue;
            if (json.ValueKind is JsonValueKind.Null)
                field.Set(entity, null);
            else if (field.Type is FieldType.Secret)
                field.Set(entity, Opened(db.Shape.Seal, json.GetString()!, PurposeOf(db, entity, field)));
            else if (field.TryParse(json, out var value, out _))
                field.Set(entity, value);
        }
    }

    static string Write(PosternDb db, Configured entity)
    {
        using var before = JsonDocument.Parse(entity.Config);
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var field in OwnFields(db.Kinds, entity))
            {
                writer.WritePropertyName(field.Name);
                if (field.Type is FieldType.Secret && field.Get(entity) is string secret && !SecretSeal.IsSealed(secret))
                    writer.WriteStringValue(db.Shape.Seal.Keep(before.RootElement.TryGetProperty(field.Name, out var kept) ? kept.GetString() : null, new Secret(secret), PurposeOf(db, entity, field)));
                else
                    field.Write(writer, field.Get(entity));
            }
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    static bool Same(string a, string b) => JsonNode.DeepEquals(JsonNode.Parse(a), JsonNode.Parse(b));
}
