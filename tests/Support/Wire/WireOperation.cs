namespace Postern.Tests.Support.Wire;

/// <summary>An operation that clients of the reference know.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Path">Below <c>/api/v3</c>.</param>
/// <param name="Needed">When users of this product need it: <c>now</c>, <c>next</c> or <c>later</c>.</param>
/// <param name="InTerraform">The Terraform provider calls it.</param>
public sealed record WireOperation(string Id, string Method, string Path, string Needed, bool InTerraform)
{
    /// <summary>All operations of version 2026.8.3.</summary>
    public static IReadOnlyList<WireOperation> All { get; } = [.. Read()];

    static IEnumerable<WireOperation> Read()
    {
        using var reader = new StreamReader(typeof(WireOperation).Assembly.GetManifestResourceStream("operations.tsv")!);
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split('\t');
            yield return new WireOperation(cells[0], cells[1], cells[2], cells[3], cells[4].Length > 0);
        }
    }
}
