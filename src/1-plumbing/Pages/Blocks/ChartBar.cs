namespace Postern.Pages.Blocks;

/// <summary>One place on a chart's axis.</summary>
/// <param name="Name">What the place is called when one points at it.</param>
/// <param name="Values">One number for each series.</param>
public sealed record ChartBar(string Name, IReadOnlyList<int> Values);

/// <summary>What a colour of a chart stands for.</summary>
public sealed record ChartSeries(string Name, Tone Tone);
