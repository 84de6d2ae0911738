using System.Globalization;

namespace Postern.Policies.Expressions.Models;

/// <summary>SQL in the making: values become parameters, tables get aliases of their own.</summary>
public sealed class SqlText
{
    readonly List<object> parameters = [];
    int aliases;

    internal object[] Parameters => [.. parameters];

    /// <summary>The place of a value in the statement.</summary>
    public string Parameter(object value)
    {
        parameters.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"${parameters.Count}");
    }

    /// <summary>A name for a table that no other part of the statement uses.</summary>
    public string Alias() => string.Create(CultureInfo.InvariantCulture, $"t{aliases++}");
}
