namespace Postern.Storage.Kinds.Lookups;

/// <summary>How a value is compared with a field, as the endings of search names say it (<c>name__icontains</c>).</summary>
public enum Lookup
{
    Exact,
    Iexact,
    Contains,
    Icontains,
    Startswith,
    Istartswith,
    Endswith,
    Iendswith,
    In,
    Gt,
    Gte,
    Lt,
    Lte,
    Isnull,
}
