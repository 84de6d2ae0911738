namespace Postern.Blueprints.Importing;

/// <summary>What became of an entry.</summary>
public enum EntryAction
{
    /// <summary>The object was made.</summary>
    Created,

    /// <summary>The object was changed.</summary>
    Updated,

    /// <summary>The object already was as the entry wants it.</summary>
    Unchanged,

    /// <summary>The object was deleted.</summary>
    Deleted,

    /// <summary>A condition of the entry was not met.</summary>
    Skipped,

    /// <summary>Another blueprint was applied.</summary>
    Applied,

    /// <summary>The entry was refused; nothing of the import stays.</summary>
    Failed,
}
