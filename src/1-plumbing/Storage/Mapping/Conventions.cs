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
    /// <summary>JSON and secrets are values of one column; EF would otherwise take them for entities.</summary>
    public static void Declare(ModelConfigurationBuilder model)
    {
        Json<JsonObject, JsonObjectConverter>(model);
        Json<JsonNode, JsonNodeConverter>(model);
        model.Properties<Secret>().HaveConversion<SecretConverter>();
    }

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
    }

    static void Json<T, TConverter>(ModelConfigurationBuilder model)
        where T : JsonNode
        where TConverter : ValueConverter
    {
        model.Properties<T>().HaveConversion<TConverter, JsonComparer<T>>().HaveColumnType("jsonb");
    }

    sealed class SecretConverter() : ValueConverter<Secret, string>(s => s.Reveal, s => new Secret(s));

    sealed class WireEnumConverter<T>() : ValueConverter<T, string>(v => WireEnum<T>.Name(v), s => WireEnum<T>.Parse(s))
        where T : struct, Enum;

    sealed class JsonObjectConverter() : ValueConverter<JsonObject, string>(v => v.ToJsonString(null), s => JsonNode.Parse(s, null, default)!.AsObject());

    sealed class JsonNodeConverter() : ValueConverter<JsonNode, string>(v => v.ToJsonString(null), s => JsonNode.Parse(s, null, default)!);

    sealed class JsonComparer<T>() : ValueComparer<T>((a, b) => JsonNode.DeepEquals(a, b), v => v.ToJsonString(null).GetHashCode(StringComparison.Ordinal), v => (T)v.DeepClone())
        where T : JsonNode;
}
