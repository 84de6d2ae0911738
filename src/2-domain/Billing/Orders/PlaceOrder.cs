using Microsoft.EntityFrameworkCore;
using Postern.Billing.Accounts;
using Postern.Billing.Plans;
using Postern.Billing.Providers;
using Postern.Kernel;
using Postern.Storage;

namespace Postern.Billing.Orders;

/// <summary>What a person chose on the page of plans.</summary>
/// <param name="Provider">Who takes the payment; one of <see cref="BillingProviders.All"/>.</param>
/// <param name="OrderedBy">Subject of the person.</param>
public sealed record OrderInput(
    string PlanCode, string Currency, string Nickname, Guid InstallId, int InternalUsers, int ExternalUsers, string Provider, string OrderedBy);

/// <summary>
/// Places an order, ready for <see cref="StartCheckout"/>. Whoever calls has checked that the caller is an owner. Faults: invalid (fields <c>plan_code</c>, <c>currency</c>,
/// <c>nickname</c>, <c>install_id</c>, <c>internal_users</c>, <c>external_users</c>, <c>provider</c>). Writes the order.
/// </summary>
public sealed class PlaceOrder(PosternDb db, BillingProviders providers, TimeProvider clock)
{
    const int MostUsers = 1_000_000;

    public async Task<Result<Order>> ExecuteAsync(Guid organizationId, OrderInput input, CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        var plan = await db.Set<Plan>().AsNoTracking().FirstOrDefaultAsync(p => p.Code == input.PlanCode && !p.Archived, cancellation);
        if (plan is not { SelfServe: true })
            errors.Add("plan_code", plan is null ? "There is no such plan." : "This plan is sold by our sales team; please contact us.");
        else
            await CheckSeatsAsync(plan, input, errors, cancellation);
        if (input.InstallId == Guid.Empty)
            errors.Add("install_id", "Enter the Install ID that your installation shows under Enterprise, Licenses.");
        if (input.Nickname.Length > 100 || input.Nickname.Any(char.IsControl))
            errors.Add("nickname", "Ensure this field has no more than 100 characters, on one line.");
        if (providers.Find(input.Provider) is null)
            errors.Add("provider", "Choose how to pay.");
        var fixedCurrency = await db.Set<BillingAccount>().Where(a => a.OrganizationId == organizationId).Select(a => a.Currency).FirstOrDefaultAsync(cancellation);
        if (fixedCurrency is { Length: > 0 } && fixedCurrency != input.Currency)
            errors.Add("currency", $"This organization pays in {fixedCurrency}.");
        if (errors.Any)
            return new Fault.Invalid(errors);

        var order = new Order
        {
            OrganizationId = organizationId,
            PlanCode = input.PlanCode,
            Nickname = input.Nickname.Trim(),
            InstallId = input.InstallId,
            InternalUsers = input.InternalUsers,
            ExternalUsers = input.ExternalUsers,
            Currency = input.Currency,
            Provider = input.Provider,
            CreatedAt = clock.GetUtcNow(),
            OrderedBy = input.OrderedBy,
        };
        db.Add(order);
        await db.SaveChangesAsync(cancellation);
        return order;
    }

    async Task CheckSeatsAsync(Plan plan, OrderInput input, FieldErrors errors, CancellationToken cancellation)
    {
        var sold = await db.Set<Price>().Where(p => p.PlanId == plan.Id && p.Currency == input.Currency).Select(p => p.Seat).ToListAsync(cancellation);
        if (sold.Count == 0)
            errors.Add("currency", $"{plan.Name} is not sold in {input.Currency}.");
        else
            CheckSeats(plan, sold, new(input.InternalUsers, input.ExternalUsers), errors);
    }

    /// <summary>The rules for numbers of users, which also hold for changes.</summary>
    internal static void CheckSeats(Plan plan, IReadOnlyCollection<SeatType> sold, SeatCount seats, FieldErrors errors)
    {
        foreach (var (field, type, count, fewest) in new[]
                 {
                     ("internal_users", SeatType.Internal, seats.Internal, plan.MinimumInternal), ("external_users", SeatType.External, seats.External, plan.MinimumExternal),
                 })
        {
            if (count < fewest || count > MostUsers)
                errors.Add(field, $"Choose a number from {fewest} to {MostUsers}.");
            else if (count > 0 && !sold.Contains(type))
                errors.Add(field, $"{plan.Name} has no such users.");
        }
        if (!errors.Any && seats is { Internal: 0, External: 0 })
            errors.Add("internal_users", "Choose at least one user.");
    }
}
