namespace Postern.Blueprints.Nodes;

/// <summary>The types a scalar may have (YAML 1.1, yaml.org/type).</summary>
public enum ScalarKind
{
    /// <summary>null, ~ or nothing.</summary>
    Null,

    /// <summary>true, yes, on and their opposites.</summary>
    Boolean,

    /// <summary>A whole number of any size.</summary>
    Integer,

    /// <summary>A number with a fraction.</summary>
    Float,

    /// <summary>Anything else, and everything in quotes.</summary>
    Text,

    /// <summary>A date, or a date with a time.</summary>
    Timestamp,
}
