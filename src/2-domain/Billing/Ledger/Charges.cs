using Postern.Billing.Amounts;
using Postern.Billing.Plans;
using Postern.Billing.Providers;

namespace Postern.Billing.Ledger;

/// <summary>The lines of invoices.</summary>
static class Charges
{
    /// <summary>A whole period of the seats.</summary>
    public static IReadOnlyList<InvoiceItem> WholePeriod(LedgerSubscription subscription, SeatCount seats) =>
        [.. from unit in subscription.Units()
            let count = Of(seats, unit.Type)
            where count > 0
            select new InvoiceItem($"{subscription.PlanName}: {Name(unit.Type)}", count, unit.Unit, unit.Unit * count)];

    /// <summary>More seats from a moment until the end of the period.</summary>
    public static IReadOnlyList<InvoiceItem> RestOfPeriod(LedgerSubscription subscription, SeatCount wanted, DateTimeOffset since) =>
        [.. from unit in subscription.Units()
            let more = Of(wanted, unit.Type) - Of(subscription.Seats, unit.Type)
            where more > 0
            select new InvoiceItem(
                $"{subscription.PlanName}: {Name(unit.Type)} added, {since:yyyy-MM-dd} to {subscription.PeriodEnd:yyyy-MM-dd}", more, unit.Unit, subscription.Period.Rest(unit.Unit, more, since))];

    static int Of(SeatCount seats, SeatType type) => type is SeatType.Internal ? seats.Internal : seats.External;

    static string Name(SeatType type) => type is SeatType.Internal ? "internal users" : "external users";
}
