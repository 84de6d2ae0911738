using System.Globalization;
using Postern.Blueprints.Nodes;

namespace Postern.Blueprints;

/// <summary>Something wrong with a blueprint, with the place (line and column from 1, 0 when it has none) and the path to it.</summary>
public sealed record BlueprintProblem(int Line, int Column, string Path, string Message)
{
    internal static BlueprintProblem At(NodePlace place, string message) => new(place.Line, place.Column, place.Path, message);

    /// <inheritdoc/>
    public override string ToString()
    {
        var where = Path.Length == 0 ? string.Empty : $"{Path}: ";
        return Line == 0 ? $"{where}{Message}" : string.Create(CultureInfo.InvariantCulture, $"line {Line}, column {Column}: {where}{Message}");
    }
}
