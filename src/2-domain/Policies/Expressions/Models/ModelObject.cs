using Postern.Expressions;
using Postern.Policies.Expressions.Showing;
using Postern.Storage.Kinds;

namespace Postern.Policies.Expressions.Models;

/// <summary>One entity as expressions see it.</summary>
public sealed class ModelObject : HostObject, IShown
{
    readonly Dictionary<string, object?> related = new(StringComparer.Ordinal);

    internal ModelObject(ExpressionModel model, object subject, ExpressionRun run) => (Model, Subject, Run) = (model, subject, run);

    public object Subject { get; }

    public override string TypeName => Model.ClassName;

    internal ExpressionModel Model { get; }

    internal ExpressionRun Run { get; }

    internal object? Key => Model.Kind.Key.Get(Subject);

    /// <summary>The entity is stored; its key is known.</summary>
    internal bool IsStored => Key is not (null or 0);

    protected override ScriptType Type => Model.Type;

    protected override bool TryGetAttribute(string name, out object? value)
    {
        if (Model.TryMember(this, name, out value))
        {
            value = Run.Show(value);
            return true;
        }
        if (Model.TryField(name, out var field))
        {
            value = Read(field);
            return true;
        }
        if (name.EndsWith("_id", StringComparison.Ordinal) && Model.TryField(name[..^3], out var reference) && reference.Type is FieldType.Reference)
        {
            value = Run.Show(reference.Get(Subject));
            return true;
        }
        value = string.Equals(name, "save", StringComparison.Ordinal) ? new HostFunction("save", SaveAsync) : Extra(name);
        return value is not null;
    }

    protected override bool TrySetAttribute(string name, object? value)
    {
        if (Model.TrySetMember(this, name, value))
            return true;
        if (!Model.TryField(name, out var field) || !Model.Writable.Contains(field.Name))
            return false;
        WriteModel.SetField(field, Subject, value);
        return true;
    }

    protected override bool IsEqualTo(object? other) =>
        other is ModelObject { Model: var model } same && model == Model && (IsStored ? Equals(same.Key, Key) : ReferenceEquals(same.Subject, Subject));

    protected override int HashOf() => IsStored ? HashCode.Combine(Model.ClassName, Key) : Subject.GetHashCode();

    protected override string Represent() => $"<{Model.ClassName}: {ToText()}>";

    protected override string ToText() => Model.Kind.NameOf(Subject);

    object? Read(Field field)
    {
        if (ReferenceEquals(field, Model.Kind.Key))
            return IsStored ? Run.Show(Key) : null;
        if (field.Link is not null || field.Type is FieldType.ReferenceList)
            return Related(field);
        if (field.Type is not FieldType.Reference || field.Target is null || Run.Catalog.ModelOf(field.Target) is not { } model)
            return Run.Show(field.Get(Subject));
        if (!related.TryGetValue(field.Name, out var other))
            related[field.Name] = other = Load(model, field.Get(Subject));
        return other;
    }

    ModelObject? Load(ExpressionModel model, object? key) =>
        key is not null && Run.Await(model.LoadAsync(Run.Db, [key], Run.Cancellation)) is [var found, ..] ? new ModelObject(model, found, Run) : null;

    object? Related(Field field)
    {
        if (field.Target is null || Run.Catalog.ModelOf(field.Target) is not { } model)
            return Run.Show(field.Get(Subject));
        var all = new QuerySet(model, Run);
        return field.Link is { } link
            ? all.Where((sql, alias) => $"{alias}.pk IN (SELECT {link.Other} FROM {link.Table} WHERE {link.Own} = {sql.Parameter(Key ?? 0)})")
            : all.Where((sql, alias) => $"{alias}.pk = ANY({sql.Parameter(((IEnumerable<Guid>)field.Get(Subject)!).ToArray())})");
    }

    HostFunction? Extra(string name) => Run.Catalog.MethodsOf(Model.Kind.Name).FirstOrDefault(m => string.Equals(m.Name, name, StringComparison.Ordinal)) is { } method
        ? new HostFunction(name, async call => Run.Show(await method.Body(Subject, call)))
        : null;

    async ValueTask<object?> SaveAsync(HostCall call)
    {
        await WriteModel.SaveAsync(this, call.Cancellation);
        return null;
    }
}
