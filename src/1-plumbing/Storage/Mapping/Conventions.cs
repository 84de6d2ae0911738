using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Postern.Kernel.Values;

namespace Postern.Storage.Mapping;

/// <summary>Columns are the properties in snake_case; enums are their wire names; JSON is <c>jsonb</c>. Foreign keys live in the SQL files alone.</summary>
static class Conventions
{
    public static void Apply(ModelBuilder model)
    {
        foreach (var entity in model.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetDeclaredProperties())
            {
                property.SetColumnName(SnakeCase.Of(property.Name));
                Convert(property);
            }
        }
    }

    static void Convert(IMutableProperty property)
    {
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        if (type.IsEnum)
            property.SetValueConverter((ValueConverter)Activator.CreateInstance(typeof(WireEnumConverter<>).MakeGenericType(type))!);
        else if (type == typeof(JsonObject))
            SetJson(property, new JsonObjectConverter(), new JsonComparer<JsonObject>());
        else if (type == typeof(JsonNode))
            SetJson(property, new JsonNodeConverter(), new JsonComparer<JsonNode>());
        else if (type == typeof(Secret))
            property.SetValueConverter(new ValueConverter<Secret, string>(s => s.Reveal, s => new Secret(s)));
    }

    static void SetJson(IMutableProperty property, ValueConverter converter, ValueComparer comparer)
    {
        property.SetColumnType("jsonb");
        property.SetValueConverter(converter);
        property.SetValueComparer(comparer);
    }

    sealed class WireEnumConverter<T>() : ValueConverter<T, string>(v => WireEnum<T>.Name(v), s => WireEnum<T>.Parse(s))
        where T : struct, Enum;

    sealed class JsonObjectConverter() : ValueConverter<JsonObject, string>(v => v.ToJsonString(null), s => JsonNode.Parse(s, null, default)!.AsObject());

    sealed class JsonNodeConverter() : ValueConverter<JsonNode, string>(v => v.ToJsonString(null), s => JsonNode.Parse(s, null, default)!);

    sealed class JsonComparer<T>() : ValueComparer<T>((a, b) => JsonNode.DeepEquals(a, b), v => v.ToJsonString(null).GetHashCode(StringComparison.Ordinal), v => (T)v.DeepClone())
        where T : JsonNode;
}
