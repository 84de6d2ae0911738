using System.Globalization;

namespace Postern.Billing.Amounts;

/// <summary>An amount of money in the smallest unit of its currency (cents, yen): it never holds fractions, and two currencies never mix.</summary>
/// <param name="Minor">Number of smallest units; negative for credits.</param>
/// <param name="Currency">ISO 4217 code in upper case.</param>
public readonly record struct Money(long Minor, string Currency)
{
    public static Money Zero(string currency) => new(0, currency);

    public static Money operator +(Money a, Money b) => a with { Minor = checked(a.Minor + b.In(a.Currency)) };

    public static Money operator -(Money a, Money b) => a with { Minor = checked(a.Minor - b.In(a.Currency)) };

    public static Money operator -(Money a) => a with { Minor = checked(-a.Minor) };

    public static Money operator *(Money a, long count) => a with { Minor = checked(a.Minor * count) };

    /// <summary>The part <paramref name="numerator"/> / <paramref name="denominator"/>, rounded to the nearest unit; halves away from zero.</summary>
    public Money Part(long numerator, long denominator)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(denominator);
        var whole = (Int128)Minor * numerator;
        var half = (Int128)denominator / 2;
        return this with { Minor = checked((long)((whole < 0 ? whole - half : whole + half) / denominator)) };
    }

    /// <summary>As people read it: <c>1,234.50 EUR</c>, without decimals for currencies that have none.</summary>
    public override string ToString() =>
        $"{((decimal)Minor / (decimal)Math.Pow(10, Currencies.Decimals(Currency))).ToString($"N{Currencies.Decimals(Currency)}", CultureInfo.InvariantCulture)} {Currency}";

    long In(string currency) =>
        string.Equals(Currency, currency, StringComparison.Ordinal) ? Minor : throw new InvalidOperationException($"{Currency} is not {currency}");
}
