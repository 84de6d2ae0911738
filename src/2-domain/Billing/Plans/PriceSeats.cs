using Microsoft.EntityFrameworkCore;
using Postern.Billing.Amounts;
using Postern.Billing.Providers;
using Postern.Storage;

namespace Postern.Billing.Plans;

/// <summary>Prices numbers of users by the plan's present prices in one currency.</summary>
public sealed class PriceSeats(PosternDb db)
{
    /// <summary>One entry for each kind of user that the plan sells in this currency, also where none is wanted; empty when it is not sold in it.</summary>
    public async Task<IReadOnlyList<Seats>> ExecuteAsync(Plan plan, string currency, SeatCount count, CancellationToken cancellation)
    {
        var prices = await db.Set<Price>().AsNoTracking().Where(p => p.PlanId == plan.Id && p.Currency == currency).ToListAsync(cancellation);
        return [.. prices.OrderBy(p => p.Seat).Select(p => new Seats(p.Seat, p.Seat is SeatType.Internal ? count.Internal : count.External, new Money(p.UnitMinor, currency), p.StripePrice))];
    }
}
