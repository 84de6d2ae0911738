using Postern.Expressions;

namespace Postern.Policies.Expressions.Models;

/// <summary>A query over a model, put together step by step and run when its content is needed; bounded and read-only but for the listed helpers.</summary>
public sealed class QuerySet : HostObject
{
    /// <summary>Most rows one query may answer.</summary>
    internal const int MostRows = 1000;

    readonly List<Func<SqlText, string, string>> conditions = [];
    IReadOnlyList<ModelObject>? loaded;

    public QuerySet(ExpressionModel model, ExpressionRun run) => (Model, Run) = (model, run);

    QuerySet(QuerySet from)
        : this(from.Model, from.Run)
    {
        conditions.AddRange(from.conditions);
        (Ordering, Skip, Take) = (from.Ordering, from.Skip, from.Take);
    }

    public override string TypeName => "QuerySet";

    internal ExpressionModel Model { get; }

    internal ExpressionRun Run { get; }

    internal IReadOnlyList<Func<SqlText, string, string>> Conditions => conditions;

    internal IReadOnlyList<string> Ordering { get; private set; } = [];

    internal int Skip { get; private set; }

    internal int? Take { get; private set; }

    /// <summary>The entities; a bug to ask before they are loaded.</summary>
    internal IEnumerable<object> Loaded => (loaded ?? throw new InvalidOperationException("The query did not run yet")).Select(o => o.Subject);

    protected override bool NeedsLoad => loaded is null;

    protected override int? Length => loaded?.Count;

    protected override bool HasItems => true;

    protected override async ValueTask LoadAsync(CancellationToken cancellationToken) => loaded ??= await QueryRows.LoadAsync(this, cancellationToken);

    protected override IEnumerable<object?>? Iterate() => loaded;

    protected override bool TryGetItem(object? key, out object? value)
    {
        value = key is long index && index >= 0
            ? index < loaded!.Count ? loaded[(int)index] : throw new ScriptException(ExceptionTypes.IndexError, "list index out of range")
            : throw new ScriptException(ExceptionTypes.ValueError, "Negative indexing is not supported.");
        return true;
    }

    protected override bool TryGetAttribute(string name, out object? value)
    {
        value = QueryMethods.Find(this, name);
        return value is not null;
    }

    protected override string Represent() => loaded is null ? $"<QuerySet of {Model.ClassName}>" : $"<QuerySet [{string.Join(", ", loaded.Select(ScriptValue.Represent))}]>";

    /// <summary>Keeps rows that meet a condition of SQL, written for the given alias; values go in as parameters.</summary>
    public QuerySet Where(Func<SqlText, string, string> condition)
    {
        var narrower = new QuerySet(this);
        narrower.conditions.Add(condition);
        return narrower;
    }

    internal QuerySet OrderBy(IReadOnlyList<string> names) => new(this) { Ordering = names };

    internal QuerySet Slice(int skip, int? take) => new(this) { Skip = skip, Take = take };
}
