namespace Postern.Blueprints;

/// <summary>The name and the labels that a blueprint carries about itself.</summary>
public sealed record BlueprintMetadata(string Name, IReadOnlyDictionary<string, string> Labels);
