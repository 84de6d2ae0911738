using Microsoft.EntityFrameworkCore;
using Postern.Billing.Accounts;
using Postern.Billing.Ledger;
using Postern.Billing.Orders;
using Postern.Billing.Sandbox;
using Postern.Kernel;
using Postern.Storage;

namespace Postern.Billing.Checkout;

/// <summary>Where a submitted checkout goes on: back to the portal, or to the bank's question when <paramref name="Return"/> is null.</summary>
sealed record CheckoutStep(string? Return);

/// <summary>
/// Finishes a checkout of our own: checks what was entered, puts the card on file, writes the first invoice and takes or awaits its payment. Faults: not found, invalid (fields as
/// the form has them). Everything is written in one transaction, with the news from which the licence follows.
/// </summary>
sealed class SubmitCheckout(PosternDb db, FindCheckout find, SaveBillingAccount accounts, OpenSubscription open, TakeFirstPayment pay, AddCard cards)
{
    public Task<Result<CheckoutStep>> ExecuteAsync(string id, CheckoutForm form, CancellationToken cancellation) =>
        LockedAsync(id, found => EnterAsync(found, form, cancellation), cancellation);

    /// <summary>The bank's question was answered.</summary>
    public Task<Result<CheckoutStep>> ConfirmAsync(string id, bool accepted, CancellationToken cancellation) =>
        LockedAsync(id, found => AnswerAsync(found, accepted, cancellation), cancellation);

    async Task<Result<CheckoutStep>> LockedAsync(string id, Func<FoundCheckout, Task<Result<CheckoutStep>>> work, CancellationToken cancellation)
    {
        if (!(await find.ExecuteAsync(id, cancellation)).Succeeded(out var seen, out var fault))
            return fault;
        return await db.InTransactionAsync(
            async () =>
            {
                // Two submissions at once: the second finds it used.
                await db.ExecuteAsync("SELECT 1 FROM billing_checkout WHERE id = $1 FOR UPDATE", cancellation, id);
                if (seen.Order is { } order)
                    await LockOrder.ExecuteAsync(db, order.Id, cancellation);
                return (await find.ExecuteAsync(id, cancellation)).Succeeded(out var found, out var gone) ? await work(found) : gone;
            },
            static r => r.Fault is null,
            cancellation);
    }

    async Task<Result<CheckoutStep>> EnterAsync(FoundCheckout found, CheckoutForm form, CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        if (found.Order is not null)
            await CheckOrderAsync(found, form, errors, cancellation);
        Card? card = null;
        if (found.Checkout.Provider == SandboxProvider.ProviderName)
            card = cards.Check(found.Checkout.OrganizationId, form, isPayment: found.Order is not null, errors);
        if (errors.Any)
            return new Fault.Invalid(errors);
        var checkout = await db.Set<LedgerCheckout>().FirstAsync(c => c.Id == found.Checkout.Id, cancellation);
        (checkout.InternalUsers, checkout.ExternalUsers) = (form.Seats.Internal, form.Seats.External);
        if (card is not null)
            await cards.KeepAsync(card, isDefault: card.Behavior is not CardBehavior.NeedsConfirmation, cancellation);
        if (card?.Behavior is CardBehavior.NeedsConfirmation)
        {
            checkout.Confirming = card.Id;
            await db.SaveChangesAsync(cancellation);
            return new CheckoutStep(Return: null);
        }
        return await FinishAsync(checkout, found.Order, cancellation);
    }

    async Task<Result<CheckoutStep>> AnswerAsync(FoundCheckout found, bool accepted, CancellationToken cancellation)
    {
        var checkout = await db.Set<LedgerCheckout>().FirstAsync(c => c.Id == found.Checkout.Id, cancellation);
        if (checkout.Confirming.Length == 0)
            return new Fault.NotFound("Checkout");
        var card = await db.Set<Card>().FirstAsync(c => c.Id == checkout.Confirming, cancellation);
        checkout.Confirming = "";
        if (!accepted)
        {
            db.Remove(card);
            await db.SaveChangesAsync(cancellation);
            return new CheckoutStep(Return: "");
        }
        await cards.KeepAsync(card, isDefault: true, cancellation);
        return await FinishAsync(checkout, found.Order, cancellation);
    }

    async Task<Result<CheckoutStep>> FinishAsync(LedgerCheckout checkout, Order? order, CancellationToken cancellation)
    {
        checkout.IsDone = true;
        await db.SaveChangesAsync(cancellation);
        if (order is not null)
        {
            var (subscription, invoice) = await open.ExecuteAsync(order, new(checkout.InternalUsers, checkout.ExternalUsers), cancellation);
            await pay.ExecuteAsync(checkout, subscription, invoice, cancellation);
        }
        return new CheckoutStep(checkout.Success);
    }

    async Task CheckOrderAsync(FoundCheckout found, CheckoutForm form, FieldErrors errors, CancellationToken cancellation)
    {
        PlaceOrder.CheckSeats(found.Plan!, [.. found.Prices.Select(p => p.Type)], form.Seats, errors);
        if (!found.Prices.Select(p => LedgerProvider.NameOf(p.Type, p.Unit)).Order(StringComparer.Ordinal).SequenceEqual(found.Order!.Prices.Order(StringComparer.Ordinal), StringComparer.Ordinal))
            errors.Add(FieldErrors.NonField, "The prices have changed meanwhile. Please order anew.");
        if ((await accounts.ExecuteAsync(found.Checkout.OrganizationId, form.Account, cancellation)).Fault is Fault.Invalid wrong)
        {
            foreach (var field in wrong.Errors.Fields)
                errors.Add(field, wrong.Errors[field][0]);
        }
    }
}
