namespace Postern.Blueprints;

/// <summary>The spelling of entry states in files.</summary>
public static class EntryStates
{
    /// <summary>The state an entry has when it names none.</summary>
    public const string Present = "present";

    /// <summary>Every spelling, for messages.</summary>
    public const string All = "present, created, must_created, absent";

    /// <summary>Reads a state; spelling is exact, as in the reference.</summary>
    public static EntryState? Parse(string? text) => text switch
    {
        Present => EntryState.Present,
        "created" => EntryState.Created,
        "must_created" => EntryState.MustCreated,
        "absent" => EntryState.Absent,
        _ => null,
    };
}
