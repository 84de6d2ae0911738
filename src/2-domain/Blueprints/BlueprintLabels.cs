namespace Postern.Blueprints;

/// <summary>The label names that have a meaning of their own.</summary>
public static class BlueprintLabels
{
    /// <summary>"false" keeps discovery from creating an instance for the file.</summary>
    public const string Instantiate = "blueprints.goauthentik.io/instantiate";

    /// <summary>"true" marks content that ships with the product.</summary>
    public const string System = "blueprints.goauthentik.io/system";

    /// <summary>"true" marks the blueprint that creates the first administrator.</summary>
    public const string SystemBootstrap = "blueprints.goauthentik.io/system-bootstrap";

    /// <summary>A sentence shown beside the name.</summary>
    public const string Description = "blueprints.goauthentik.io/description";

    /// <summary>"true" marks an export.</summary>
    public const string Generated = "blueprints.goauthentik.io/generated";
}
