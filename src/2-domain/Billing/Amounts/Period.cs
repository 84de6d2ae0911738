namespace Postern.Billing.Amounts;

/// <summary>What is left of a paid period, by the second.</summary>
/// <param name="Start">Begin of the period.</param>
/// <param name="End">End of the period, which is no longer part of it.</param>
public sealed record Period(DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>The price of one thing from a moment until the end of the period, where a whole period costs <paramref name="unit"/>: rounded to the nearest smallest unit.</summary>
    public Money Rest(Money unit, int count, DateTimeOffset from)
    {
        var length = End.ToUnixTimeSeconds() - Start.ToUnixTimeSeconds();
        var left = Math.Max(0, End.ToUnixTimeSeconds() - from.ToUnixTimeSeconds());
        return length > 0 ? (unit * count).Part(left, length) : Money.Zero(unit.Currency);
    }
}
