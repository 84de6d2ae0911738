using FsCheck;
using FsCheck.Fluent;
using Postern.Billing.Amounts;
using Postern.Billing.Ledger;

namespace Postern.Tests.Property.Billing;

public sealed class MoneyLaws
{
    static readonly DateTimeOffset Start = new(2027, 3, 1, 9, 30, 0, TimeSpan.Zero);

    static readonly Gen<int> Units = Gen.Choose(0, 1_000_000);
    static readonly Gen<int> Counts = Gen.Choose(0, 100_000);

    [Fact]
    public void The_rest_of_a_period_is_between_nothing_and_the_whole_and_falls_with_time() => Check(
        from unit in Units
        from count in Counts
        from days in Gen.Choose(1, 1100)
        from a in Gen.Choose(0, 86_400 * 1100)
        from b in Gen.Choose(0, 86_400 * 1100)
        select (Unit: unit, Count: count, Period: new Period(Start, Start.AddDays(days)), Early: Math.Min(a, b), Late: Math.Max(a, b)),
        c =>
        {
            var unit = new Money(c.Unit, "EUR");
            var early = c.Period.Rest(unit, c.Count, Start.AddSeconds(c.Early));
            var late = c.Period.Rest(unit, c.Count, Start.AddSeconds(c.Late));
            return late.Minor >= 0 && late.Minor <= early.Minor && early.Minor <= (unit * c.Count).Minor
                && c.Period.Rest(unit, c.Count, Start) == unit * c.Count && c.Period.Rest(unit, c.Count, c.Period.End) == Money.Zero("EUR");
        });

    [Fact]
    public void The_rest_is_the_exact_share_of_seconds_rounded_to_the_nearest_unit() => Check(
        from unit in Units
        from count in Counts
        from length in Gen.Choose(1, 40_000_000)
        from gone in Gen.Choose(0, 40_000_000)
        select (Unit: unit, Count: count, Length: length, Gone: Math.Min(gone, length)),
        c =>
        {
            var exact = (decimal)c.Unit * c.Count * (c.Length - c.Gone) / c.Length;
            var rest = new Period(Start, Start.AddSeconds(c.Length)).Rest(new Money(c.Unit, "EUR"), c.Count, Start.AddSeconds(c.Gone));
            return Math.Abs(rest.Minor - exact) <= 0.5m;
        });

    [Fact]
    public void Adding_users_in_two_steps_costs_the_same_as_in_one_within_a_unit() => Check(
        from unit in Units
        from first in Counts
        from second in Counts
        from gone in Gen.Choose(0, 365 * 86_400)
        select (Unit: new Money(unit, "EUR"), First: first, Second: second, At: Start.AddSeconds(gone)),
        c =>
        {
            var year = new Period(Start, Start.AddYears(1));
            var steps = year.Rest(c.Unit, c.First, c.At) + year.Rest(c.Unit, c.Second, c.At);
            return Math.Abs((steps - year.Rest(c.Unit, c.First + c.Second, c.At)).Minor) <= 1;
        });

    [Fact]
    public void An_invoice_adds_up_and_its_credit_note_takes_all_of_it_back() => Check(
        from amounts in Gen.Choose(0, 50_000_000).ListOf()
        from rate in Gen.Choose(0, 10_000)
        select (Items: amounts.Select(a => new InvoiceItem("", 1, new Money(a, "EUR"), new Money(a, "EUR"))).ToList(), Rate: rate),
        c =>
        {
            var invoice = Totals.Of("EUR", c.Items, c.Rate);
            var credit = Totals.Of("EUR", c.Items.Select(i => i with { Amount = -i.Amount }), c.Rate);
            return invoice.Subtotal.Minor == c.Items.Sum(i => i.Amount.Minor)
                && invoice.Total == invoice.Subtotal + invoice.Tax
                && Math.Abs(invoice.Tax.Minor - (invoice.Subtotal.Minor * (decimal)c.Rate / 10_000)) <= 0.5m
                && invoice.Total + credit.Total == Money.Zero("EUR") && invoice.Tax + credit.Tax == Money.Zero("EUR");
        });

    [Fact]
    public void More_tax_never_makes_less_to_pay() => Check(
        from amount in Gen.Choose(0, 50_000_000)
        from a in Gen.Choose(0, 10_000)
        from b in Gen.Choose(0, 10_000)
        select (Item: new InvoiceItem("", 1, new Money(amount, "EUR"), new Money(amount, "EUR")), Low: Math.Min(a, b), High: Math.Max(a, b)),
        c => Totals.Of("EUR", [c.Item], c.Low).Total.Minor <= Totals.Of("EUR", [c.Item], c.High).Total.Minor);

    static void Check<T>(Gen<T> cases, Func<T, bool> law) => Prop.ForAll(cases.ToArbitrary(), law).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
}
