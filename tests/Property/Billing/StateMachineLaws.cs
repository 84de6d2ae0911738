using FsCheck;
using FsCheck.Fluent;
using Postern.Billing.Fulfilment;
using Postern.Billing.Orders;
using Postern.Billing.Providers;
using Postern.Billing.Subscriptions;

namespace Postern.Tests.Property.Billing;

/// <summary>Whatever happens at a provider, and at whichever moments it is looked at: what was paid for is issued, once, and never more.</summary>
public sealed class StateMachineLaws
{
    static readonly DateTimeOffset Start = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // A step of the provider's own history, and how often its state is fetched afterwards: not at all, once, or again and again.
    static readonly Gen<(int Step, int Looks)> Steps = from step in Gen.Choose(0, 8) from looks in Gen.Choose(0, 3) select (step, looks);

    [Fact]
    public void Keys_follow_the_provider_without_gaps_or_doubles() =>
        Prop.ForAll(Steps.ListOf().ToArbitrary(), steps => Play(steps)).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    static bool Play(IEnumerable<(int Step, int Looks)> steps)
    {
        var order = new Order { Prices = ["p"], Status = OrderStatus.Checkout, OrganizationId = Guid.NewGuid() };
        var known = new Subscription { OrderId = order.Id, Status = SubscriptionStatus.Incomplete };
        var state = new SubscriptionState("sub", order.Id, SubscriptionStatus.Incomplete, new(10, 0), Start, Start.AddYears(1), IsPaid: false, CancelAtPeriodEnd: false) { Prices = ["p"] };
        var (granted, revoked, ok) = (new List<Entitlement>(), 0, true);
        var now = Start;
        void Look()
        {
            var decision = Decide.On(order, known, state, granted.LastOrDefault(), now);
            if (decision.Grant is { } grant)
            {
                ok &= grant.Revision == granted.Count + 1 && revoked == 0 && state.IsPaid && state.Status is SubscriptionStatus.Active;
                ok &= granted.Count == 0 || grant.PaidThrough >= granted[^1].PaidThrough;
                granted.Add(grant);
            }
            revoked += decision.Revoke is null ? 0 : 1;
        }

        foreach (var (step, looks) in steps)
        {
            now = now.AddHours(1);
            state = Happen(state, step);
            for (var i = 0; i < looks; i++)
                Look();
            // The same state twice decides nothing the second time.
            if (looks > 0)
            {
                var again = Decide.On(order, known, state, granted.LastOrDefault(), now);
                ok &= again is { Grant: null, Revoke: null, Notices.Count: 0 };
            }
        }
        Look();
        ok &= revoked <= 1;
        // In the end the newest key is what the provider says is paid for.
        if (state is { IsPaid: true, Status: SubscriptionStatus.Active, Revoked: null } && revoked == 0 && order.Status is not OrderStatus.Failed)
            ok &= granted[^1].PaidThrough >= state.PeriodEnd && new SeatCount(granted[^1].InternalUsers, granted[^1].ExternalUsers).AtLeast(state.Seats);
        return ok;
    }

    static SubscriptionState Happen(SubscriptionState s, int step) => step switch
    {
        0 => s with { Status = SubscriptionStatus.Active, IsPaid = true },
        1 when s.Status is SubscriptionStatus.Active => s with { PeriodStart = s.PeriodEnd, PeriodEnd = s.PeriodEnd.AddYears(1), IsPaid = false },
        2 when s.Status is SubscriptionStatus.Active && !s.IsPaid => s with { Status = SubscriptionStatus.PastDue },
        3 => s with { Seats = new(s.Seats.Internal + 5, s.Seats.External) },
        4 => s with { Seats = new(Math.Max(1, s.Seats.Internal - 3), s.Seats.External) },
        5 => s with { CancelAtPeriodEnd = !s.CancelAtPeriodEnd },
        6 when s.Status is not SubscriptionStatus.Incomplete => s with { Status = SubscriptionStatus.Canceled },
        7 when s.IsPaid => s with { Revoked = RevokeReason.Refunded },
        _ => s,
    };
}
