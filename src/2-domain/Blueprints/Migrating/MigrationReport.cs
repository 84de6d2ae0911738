using System.Globalization;

namespace Postern.Blueprints.Migrating;

/// <summary>What was taken over and what stays behind, in lines for people.</summary>
public sealed class MigrationReport
{
    readonly List<string> taken = [];
    readonly SortedDictionary<string, int> notes = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Lines =>
    [
        .. taken,
        .. notes.Select(n => n.Value > 1 ? string.Create(CultureInfo.InvariantCulture, $"{n.Key} ({n.Value} times)") : n.Key),
    ];

    internal void Taken(string plural, int count) => taken.Add(string.Create(CultureInfo.InvariantCulture, $"{plural}: {count}"));

    internal void Note(string text) => notes[text] = notes.GetValueOrDefault(text) + 1;
}
