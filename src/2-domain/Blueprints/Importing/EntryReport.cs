using System.Text.Json.Nodes;
using Postern.Storage.Objects;

namespace Postern.Blueprints.Importing;

/// <summary>What became of one entry, and why.</summary>
/// <param name="Line">Line of the entry, from 1.</param>
/// <param name="Model">Wire name of the model as far as it is known.</param>
/// <param name="Id">The entry's name for <c>!KeyOf</c>.</param>
/// <param name="Action">What became of it.</param>
public sealed record EntryReport(int Line, string Model, string? Id, EntryAction Action)
{
    /// <summary>The path of the entry, such as <c>entries[3]</c>.</summary>
    public string Path { get; init; } = "";

    /// <summary>The resolved identifiers.</summary>
    public JsonObject Identifiers { get; init; } = [];

    /// <summary>Primary key of the object as text; null when there is none.</summary>
    public string? Pk { get; init; }

    /// <summary>What was changed of an existing object: field to previous and new value, secrets hidden.</summary>
    public JsonObject Changes { get; init; } = [];

    /// <summary>What a new object was given, by field, secrets hidden.</summary>
    public JsonObject Values { get; init; } = [];

    /// <summary>What refers to an object that a plan deletes, and what becomes of it.</summary>
    public IReadOnlyList<ObjectUse> Uses { get; init; } = [];

    /// <summary>Why the entry failed.</summary>
    public IReadOnlyList<BlueprintProblem> Problems { get; init; } = [];

    /// <summary>What the entry says without effect, such as unknown fields.</summary>
    public IReadOnlyList<BlueprintProblem> Warnings { get; init; } = [];

    /// <summary>The entries of the blueprint that this one applied.</summary>
    public ImportReport? Nested { get; init; }
}
