namespace Postern.Blueprints.Resolving;

/// <summary>Where tags get their values from.</summary>
public sealed record BlueprintSources(IBlueprintObjects Objects, IBlueprintEnvironment Environment, IBlueprintFiles Files);
