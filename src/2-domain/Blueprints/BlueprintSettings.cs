using Postern.Blueprints.Resolving;

namespace Postern.Blueprints;

/// <summary>What this installation allows blueprints, and where it finds them.</summary>
/// <param name="Folder">A folder of further blueprint files; null for none.</param>
/// <param name="Environment">The variables that blueprints of the installation may read.</param>
/// <param name="Files">The files that blueprints of the installation may read.</param>
/// <param name="Limits">How much a blueprint may ask for.</param>
public sealed record BlueprintSettings(string? Folder, IBlueprintEnvironment Environment, IBlueprintFiles Files, BlueprintLimits Limits);
