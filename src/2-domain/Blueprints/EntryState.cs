namespace Postern.Blueprints;

/// <summary>What an entry asks for.</summary>
public enum EntryState
{
    /// <summary>Create the object or update it.</summary>
    Present,

    /// <summary>Create the object and leave an existing one untouched.</summary>
    Created,

    /// <summary>Create the object and refuse when it exists.</summary>
    MustCreated,

    /// <summary>Delete the object.</summary>
    Absent,
}
