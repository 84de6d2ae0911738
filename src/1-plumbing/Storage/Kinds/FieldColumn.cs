namespace Postern.Storage.Kinds;

/// <summary>One member of the objects in a list, as forms show it: a column.</summary>
/// <param name="Name">Name on the wire.</param>
/// <param name="Label">Heading of the column.</param>
/// <param name="Choices">Allowed values, the usual one first; empty for any text.</param>
public sealed record FieldColumn(string Name, string Label, params IReadOnlyList<string> Choices);
