using Postern.Billing.Amounts;

namespace Postern.Tests.Unit.Billing;

public sealed class MoneyTests
{
    [Theory]
    [InlineData(123456, "EUR", "1,234.56 EUR")]
    [InlineData(500, "JPY", "500 JPY")]
    [InlineData(1500, "KWD", "1.500 KWD")]
    [InlineData(-5, "USD", "-0.05 USD")]
    public void People_read_amounts_with_the_decimals_of_their_currency(long minor, string currency, string text) => new Money(minor, currency).ToString().ShouldBe(text);

    [Fact]
    public void Currencies_never_mix()
    {
        Should.Throw<InvalidOperationException>(() => new Money(1, "EUR") + new Money(1, "USD"));
        Should.Throw<InvalidOperationException>(() => new Money(1, "EUR") - new Money(1, "USD"));
    }

    [Theory]
    [InlineData(1, 1, 2, 1)]
    [InlineData(-1, 1, 2, -1)]
    [InlineData(5, 1, 3, 2)]
    [InlineData(4, 1, 3, 1)]
    [InlineData(1000, 1900, 10000, 190)]
    public void Parts_are_rounded_to_the_nearest_unit_halves_away_from_zero(long minor, long numerator, long denominator, long part) =>
        new Money(minor, "EUR").Part(numerator, denominator).Minor.ShouldBe(part);

    [Fact]
    public void An_amount_that_does_not_fit_is_a_bug_and_not_another_amount() =>
        Should.Throw<OverflowException>(() => new Money(long.MaxValue, "EUR") * 2);
}
