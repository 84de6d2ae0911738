using Microsoft.EntityFrameworkCore;
using Postern.Billing.Ledger;
using Postern.Billing.Sandbox;
using Postern.Kernel;
using Postern.Storage;

namespace Postern.Billing.Checkout;

/// <summary>Checks a test card and puts it on file. Of the number the last four digits are kept, of the code nothing.</summary>
sealed class AddCard(PosternDb db, SandboxProvider sandbox, TimeProvider clock)
{
    /// <summary>The card as it would be kept; null with errors in <c>card_number</c>, <c>card_expiry</c> or <c>card_code</c>.</summary>
    public Card? Check(Guid organizationId, CheckoutForm form, bool isPayment, FieldErrors errors)
    {
        var behavior = CardBehavior.Declined;
        if (!TestCards.All.TryGetValue(form.CardNumber, out var known))
            errors.Add("card_number", "The sandbox takes its test cards only; they stand above. Never enter a real card here.");
        else if ((behavior = known.Behavior) is CardBehavior.Declined || (isPayment && behavior is CardBehavior.FailsLater))
            errors.Add("card_number", SandboxProvider.Declined);
        if (form.Expiry is not var (month, year) || new DateTimeOffset(year, month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1) <= clock.GetUtcNow())
        {
            errors.Add("card_expiry", "Enter a month to come, as MM/YY.");
            return null;
        }
        if (form.CardCode.Length is not (3 or 4) || !form.CardCode.All(char.IsAsciiDigit))
            errors.Add("card_code", "Enter three or four digits.");
        return errors.Any
            ? null
            : new Card
            {
                Id = Settle.NewId("pm"),
                OrganizationId = organizationId,
                Brand = "visa",
                Last4 = form.CardNumber[^4..],
                ExpiryMonth = month,
                ExpiryYear = year,
                Behavior = behavior,
            };
    }

    /// <summary>Saves the card; the first one, and one that has just paid, is the default, which pays what is owed.</summary>
    public async Task KeepAsync(Card card, bool isDefault, CancellationToken cancellation)
    {
        if (db.Entry(card).State is EntityState.Detached)
            db.Add(card);
        await db.SaveChangesAsync(cancellation);
        if (isDefault)
            await sandbox.SetDefaultPaymentMethodAsync(card.OrganizationId.ToString(), card.Id, cancellation);
    }
}
