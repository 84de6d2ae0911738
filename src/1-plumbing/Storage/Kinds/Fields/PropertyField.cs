using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Postern.Storage.Kinds.Fields;

/// <summary>A field that stands for a property of the entity; the codec does the reading and writing.</summary>
sealed class PropertyField<T, TValue> : Field, ICoded
    where T : class
{
    readonly Func<T, TValue> get;
    readonly Action<T, TValue>? set;

    public PropertyField(string name, Expression<Func<T, TValue>> property, Codec codec)
        : base(name)
    {
        Member = property;
        Codec = codec;
        // Delegates of the property itself: compiling a thousand expressions would take a good part of every start.
        if (property.Body is MemberExpression { Member: PropertyInfo { GetMethod: not null } info, Expression: ParameterExpression })
        {
            get = info.GetMethod.CreateDelegate<Func<T, TValue>>();
            set = info.SetMethod?.CreateDelegate<Action<T, TValue>>();
        }
        else
        {
            var compiled = new Lazy<Func<T, TValue>>(property.Compile);
            get = entity => compiled.Value(entity);
        }
    }

    public Codec Codec { get; }

    public override FieldType Type => Codec.Type;

    public override LambdaExpression Member { get; }

    public override FieldLimits Limits => Codec.Limits;

    public override bool TakesAnyJson => Codec is JsonCodec { AnyShape: true };

    public override JsonNode? DefaultNode
    {
        get
        {
            if (Required || ReadOnly)
                return null;
            using var buffer = new MemoryStream();
            using (var writer = new Utf8JsonWriter(buffer))
                Write(writer, Get(Activator.CreateInstance<T>()));
            return JsonNode.Parse(buffer.ToArray());
        }
    }

    public override object? Get(object entity) => get((T)entity);

    public override void Set(object entity, object? value)
    {
        if (set is null)
            throw new InvalidOperationException($"{Name} cannot be set");
        set((T)entity, (TValue)value!);
    }

    public override bool TryParse(JsonElement json, out object? value, out string error)
    {
        (value, error) = (null, "");
        if (json.ValueKind is JsonValueKind.Null)
        {
            error = Nullable ? "" : "This field may not be null.";
            return Nullable;
        }
        return Codec.TryParse(json, out value, out error);
    }

    public override bool TryParse(string text, out object? value, out string error) => Codec.TryParse(text, out value, out error);

    public override void Write(Utf8JsonWriter writer, object? value)
    {
        if (value is null)
            writer.WriteNullValue();
        else
            Codec.Write(writer, value);
    }
}
