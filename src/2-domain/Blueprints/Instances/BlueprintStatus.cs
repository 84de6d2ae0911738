namespace Postern.Blueprints.Instances;

/// <summary>How the last application of an instance went.</summary>
public enum BlueprintStatus
{
    /// <summary>Everything was applied.</summary>
    Successful,

    /// <summary>Everything was applied, but something in the file has no effect.</summary>
    Warning,

    /// <summary>Nothing was applied.</summary>
    Error,

    /// <summary>The file is gone.</summary>
    Orphaned,

    /// <summary>It was not applied yet.</summary>
    Unknown,
}
