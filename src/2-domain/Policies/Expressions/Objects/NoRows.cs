using Postern.Expressions;

namespace Postern.Policies.Expressions.Objects;

/// <summary>A query that is known to find nothing.</summary>
/// <param name="get">What <c>get()</c> does; not there when null.</param>
sealed class NoRows(HostFunction? get = null) : HostObject
{
    public override string TypeName => "QuerySet";

    protected override int? Length => 0;

    protected override IEnumerable<object?> Iterate() => [];

    protected override bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "all" or "filter" or "exclude" or "order_by" or "none" or "distinct" => new HostFunction(name, _ => this),
            "exists" => new HostFunction(name, _ => false),
            "count" => new HostFunction(name, _ => 0L),
            "first" or "last" => new HostFunction(name, _ => null),
            "values_list" or "values" => new HostFunction(name, _ => new ScriptList()),
            "get" => get,
            _ => null,
        };
        return value is not null;
    }

    protected override string Represent() => "<QuerySet []>";
}
