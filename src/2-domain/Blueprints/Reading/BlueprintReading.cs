namespace Postern.Blueprints.Reading;

/// <summary>What reading a file gave: the blueprint, or every problem that stands against it. Warnings do not stand against it.</summary>
public sealed record BlueprintReading(Blueprint? Blueprint, IReadOnlyList<BlueprintProblem> Problems, IReadOnlyList<BlueprintProblem> Warnings)
{
    internal static BlueprintReading Refused(string message) => new(null, [new BlueprintProblem(1, 1, string.Empty, message)], []);
}
