namespace Postern.Web.Shared.Tables;

/// <summary>How a column is ordered now.</summary>
public enum SortDirection
{
    None,
    Ascending,
    Descending,
}
