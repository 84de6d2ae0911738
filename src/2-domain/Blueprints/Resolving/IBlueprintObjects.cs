namespace Postern.Blueprints.Resolving;

/// <summary>The objects that <c>!KeyOf</c>, <c>!Find</c> and <c>!FindObject</c> reach.</summary>
public interface IBlueprintObjects
{
    /// <summary>The key of the object that an earlier entry made or found. The asking entry may change which key is meant.</summary>
    FindOutcome KeyOf(string id, BlueprintEntry entry);

    /// <summary>The primary key of the first object that fulfils all conditions.</summary>
    ValueTask<FindOutcome> FindAsync(string model, IReadOnlyList<FindFilter> filters, CancellationToken cancellation);

    /// <summary>The first object that fulfils all conditions, as the API shows it.</summary>
    ValueTask<FindOutcome> FindObjectAsync(string model, IReadOnlyList<FindFilter> filters, CancellationToken cancellation);
}
