using System.Linq.Expressions;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Postern.Storage.Kinds.Fields;

/// <summary>A value that is accepted but lives on no property; the kind's rules act on it.</summary>
sealed class ExtraField(string name) : Field(name)
{
    public override FieldType Type => FieldType.Json;

    public override LambdaExpression? Member => null;

    public override object? Get(object entity) => null;

    public override void Set(object entity, object? value)
    {
    }

    public override bool TryParse(JsonElement json, out object? value, out string error)
    {
        (value, error) = (JsonNode.Parse(json.GetRawText()), "");
        return true;
    }

    public override bool TryParse(string text, out object? value, out string error)
    {
        (value, error) = (text, "");
        return true;
    }

    public override void Write(Utf8JsonWriter writer, object? value) => writer.WriteNullValue();
}
