using System.Diagnostics.CodeAnalysis;
using Postern.Expressions;
using Postern.Storage.Kinds;

namespace Postern.Policies.Expressions.Models;

/// <summary>
/// A kind that expressions may query and look into, under the class name and import paths they know. Fields of the kind are readable unless
/// they are write-only; nothing is writable unless declared here.
/// </summary>
public abstract class ExpressionModel
{
    readonly HashSet<string> writable = new(StringComparer.Ordinal);
    readonly HashSet<string> hidden = new(StringComparer.Ordinal);
    readonly Dictionary<string, (string Column, Type Type)> columns = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> aliases = new(StringComparer.Ordinal) { ["id"] = "pk" };

    private protected ExpressionModel(ModelKind kind, string className, IReadOnlyList<string> modules)
    {
        (Kind, ClassName, Modules) = (kind, className, modules);
        Type = ScriptType.NewHostType(className);
        Missing = ScriptType.NewException("DoesNotExist");
        Several = ScriptType.NewException("MultipleObjectsReturned");
    }

    public ModelKind Kind { get; }

    public string ClassName { get; }

    /// <summary>Modules the class is imported from.</summary>
    public IReadOnlyList<string> Modules { get; }

    /// <summary>Fields that <c>save()</c>, <c>update()</c> and <c>create()</c> may write, by the kind's own rules.</summary>
    public IReadOnlySet<string> Writable => writable;

    /// <summary>Objects may be made by <c>create()</c> and <c>get_or_create()</c>.</summary>
    public bool Creatable { get; private protected set; }

    /// <summary>A condition every query of the model carries; null for none.</summary>
    internal Func<SqlText, string, string>? Always { get; private protected set; }

    internal ScriptType Type { get; }

    internal ScriptType Missing { get; }

    internal ScriptType Several { get; }

    /// <summary>Names of the extra members, for checks.</summary>
    internal abstract IEnumerable<string> MemberNames { get; }

    internal abstract bool TryMember(ModelObject self, string name, out object? value);

    internal abstract bool TrySetMember(ModelObject self, string name, object? value);

    /// <summary>Untracked entities with these keys, in the order of the keys.</summary>
    internal abstract ValueTask<IReadOnlyList<object>> LoadAsync(Storage.PosternDb db, IReadOnlyList<object> keys, CancellationToken cancellation);

    /// <summary>The tracked entity with this key; null when it is gone.</summary>
    internal abstract ValueTask<object?> TrackAsync(Storage.PosternDb db, object key, CancellationToken cancellation);

    /// <summary>The readable, storable field a name in an expression means.</summary>
    internal bool TryField(string name, [NotNullWhen(true)] out Field? field)
    {
        name = aliases.GetValueOrDefault(name, name);
        field = string.Equals(name, "pk", StringComparison.Ordinal)
            ? Kind.Key
            : Kind.Fields.FirstOrDefault(f => f.Answers(name) && IsReadable(f));
        return field is not null;
    }

    /// <summary>A column that filters name although the kind has no field over it.</summary>
    internal bool TryColumn(string name, out (string Column, Type Type) column) => columns.TryGetValue(name, out column);

    internal IEnumerable<string> FieldNames => Kind.Fields.Where(IsReadable).Select(f => f.Name);

    private protected void AllowWriting(IEnumerable<string> fields) => writable.UnionWith(fields);

    private protected void HideFields(IEnumerable<string> fields) => hidden.UnionWith(fields);

    private protected void AddAlias(string alias, string field) => aliases[alias] = field;

    private protected void AddColumn(string name, string column, Type type) => columns[name] = (column, type);

    bool IsReadable(Field field) =>
        field is { WriteOnly: false, BlueprintOnly: false } && field.Type is not (FieldType.Secret or FieldType.Computed)
        && (field.Member is not null || field.Link is not null) && !hidden.Contains(field.Name);
}
