namespace Postern.Pages.Blocks;

/// <summary>One line of a chart over time.</summary>
/// <param name="Name">What it counts.</param>
/// <param name="Tone">Its colour.</param>
/// <param name="Points">Values over time, oldest first.</param>
public sealed record TrendLine(string Name, Tone Tone, IReadOnlyList<TrendPoint> Points);

/// <summary>A value at one moment.</summary>
public sealed record TrendPoint(DateTimeOffset At, long Value);
