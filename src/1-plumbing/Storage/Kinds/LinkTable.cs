namespace Postern.Storage.Kinds;

/// <summary>A table of pairs: the column of the object that declares the field, and the column of the other side.</summary>
public sealed record LinkTable(string Table, string Own, string Other);
