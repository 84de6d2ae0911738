using System.Linq.Expressions;
using System.Text.Json;

namespace Postern.Storage.Kinds.Fields;

/// <summary>A read-only member whose values are made for a whole page at once, so that a list costs a fixed number of statements.</summary>
sealed class ComputedField<T>(string name, Func<IReadOnlyList<T>, LoadContext, ValueTask<Func<T, object?>>> load) : Field(name), ILoadedField
    where T : class
{
    public override FieldType Type => FieldType.Computed;

    public override LambdaExpression? Member => null;

    public async ValueTask<Func<object, object?>> LoadAsync(IReadOnlyList<object> entities, LoadContext context)
    {
        var values = await load([.. entities.Cast<T>()], context);
        return entity => values((T)entity);
    }

    public override object? Get(object entity) => throw new InvalidOperationException($"{Name} is loaded per page");

    public override void Set(object entity, object? value) => throw new InvalidOperationException($"{Name} cannot be set");

    public override bool TryParse(JsonElement json, out object? value, out string error) => throw new InvalidOperationException($"{Name} cannot be set");

    public override bool TryParse(string text, out object? value, out string error) => throw new InvalidOperationException($"{Name} cannot be filtered");

    public override void Write(Utf8JsonWriter writer, object? value) => WireValue.Write(writer, value);
}

/// <summary>A field whose values are loaded for a page of entities at once.</summary>
interface ILoadedField
{
    ValueTask<Func<object, object?>> LoadAsync(IReadOnlyList<object> entities, LoadContext context);
}
