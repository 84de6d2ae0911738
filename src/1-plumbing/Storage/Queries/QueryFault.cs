namespace Postern.Storage.Queries;

/// <summary>Why a text is no query; caught where queries are compiled.</summary>
sealed class QueryFault(string message, int at) : Exception(message)
{
    /// <summary>Place in the text, from 0.</summary>
    public int At { get; } = at;
}

/// <summary>What is wrong with a query, and where.</summary>
/// <param name="Message">For people.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
public sealed record QueryError(string Message, int Line, int Column)
{
    public override string ToString() => $"line {Line}, column {Column}: {Message}";

    internal static QueryError Of(QueryFault fault, string text)
    {
        var before = text.AsSpan(0, Math.Min(fault.At, text.Length));
        return new QueryError(fault.Message, before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }
}
