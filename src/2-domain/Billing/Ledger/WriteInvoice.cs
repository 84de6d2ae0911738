using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Postern.Billing.Accounts;
using Postern.Billing.Amounts;
using Postern.Billing.Manual;
using Postern.Billing.Providers;
using Postern.Billing.Taxes;
using Postern.Storage;

namespace Postern.Billing.Ledger;

/// <summary>Writes invoices and credit notes: takes the next number, decides the tax, and keeps what is printed. Runs in the caller's transaction, under the lock of the order.</summary>
public sealed class WriteInvoice(PosternDb db, ReadBillingAccount accounts, TimeProvider clock)
{
    /// <summary>An open invoice. It is added to the context; the caller saves.</summary>
    public async Task<Invoice> ExecuteAsync(
        LedgerSubscription subscription, InvoiceReason reason, IReadOnlyList<InvoiceItem> items, Period period, SeatCount seats, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var seller = await SellerAsync(cancellation);
        var account = await accounts.ExecuteAsync(subscription.OrganizationId, cancellation);
        var tax = await TaxAsync(seller, account, cancellation);
        var totals = Totals.Of(subscription.Currency, items, tax.BasisPoints);
        string[] notes = [tax.Note, subscription.Provider == ManualProvider.ProviderName ? seller.BankDetails : ""];
        var document = new InvoiceDocument(Lines(seller), Lines(account), items, totals, tax.Name, tax.BasisPoints, [.. notes.Where(n => n.Length > 0)], seller.Footer)
        {
            PurchaseOrder = account.PurchaseOrder,
        };
        var invoice = new Invoice
        {
            Number = await NumberAsync(seller.InvoicePrefix, cancellation),
            Provider = subscription.Provider,
            OrganizationId = subscription.OrganizationId,
            OrderId = subscription.OrderId,
            Reason = reason,
            Status = InvoiceStatus.Open,
            Currency = subscription.Currency,
            TotalMinor = totals.Total.Minor,
            Document = JsonSerializer.SerializeToNode(document)!.AsObject(),
            CreatedAt = now,
            DueAt = subscription.Provider == ManualProvider.ProviderName ? now.AddDays(seller.PaymentDays) : now,
            PeriodStart = period.Start,
            PeriodEnd = period.End,
            InternalUsers = seats.Internal,
            ExternalUsers = seats.External,
        };
        db.Add(invoice);
        return invoice;
    }

    /// <summary>Takes a paid invoice back, line by line. It is added to the context; the caller saves.</summary>
    public async Task<Invoice> CreditAsync(Invoice invoice, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var printed = invoice.Read();
        var seller = await SellerAsync(cancellation);
        var document = printed with
        {
            Items = [.. printed.Items.Select(i => i with { Amount = -i.Amount })],
            Totals = new(-printed.Totals.Subtotal, -printed.Totals.Tax, -printed.Totals.Total),
            Credits = invoice.Number,
        };
        var credit = new Invoice
        {
            Number = await NumberAsync($"{seller.InvoicePrefix}C-", cancellation),
            Credits = invoice.Id,
            Provider = invoice.Provider,
            OrganizationId = invoice.OrganizationId,
            OrderId = invoice.OrderId,
            Reason = invoice.Reason,
            Status = InvoiceStatus.Paid,
            Currency = invoice.Currency,
            TotalMinor = -invoice.TotalMinor,
            Document = JsonSerializer.SerializeToNode(document)!.AsObject(),
            CreatedAt = now,
            DueAt = now,
            PaidAt = now,
            PeriodStart = invoice.PeriodStart,
            PeriodEnd = invoice.PeriodEnd,
        };
        db.Add(credit);
        return credit;
    }

    /// <summary>The tax that the organisation's sales carry now.</summary>
    public async Task<TaxDecision> TaxAsync(Guid organizationId, CancellationToken cancellation) =>
        await TaxAsync(await SellerAsync(cancellation), await accounts.ExecuteAsync(organizationId, cancellation), cancellation);

    internal async Task<TaxDecision> TaxAsync(Seller seller, BillingAccount account, CancellationToken cancellation)
    {
        var rates = await db.Set<TaxRate>().AsNoTracking().Where(r => r.Country == seller.Country || r.Country == account.Country).ToDictionaryAsync(r => r.Country, cancellation);
        return DecideTax.Of(seller, account, rates);
    }

    Task<Seller> SellerAsync(CancellationToken cancellation) => db.Set<Seller>().AsNoTracking().OrderBy(s => s.Id).FirstAsync(cancellation);

    // The row stays locked until the transaction ends, so that a number given to a failed one is given again: tax law wants no gaps.
    async Task<string> NumberAsync(string prefix, CancellationToken cancellation)
    {
        var number = await db.ScalarAsync<long>(
            "INSERT INTO billing_series (name, last) VALUES ($1, 1) ON CONFLICT (name) DO UPDATE SET last = billing_series.last + 1 RETURNING last", cancellation, prefix);
        return prefix + number.ToString("D6", CultureInfo.InvariantCulture);
    }

    static IReadOnlyList<string> Lines(Seller seller) =>
        [seller.Name, .. seller.Address.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), .. seller.TaxId.Length > 0 ? [$"Tax ID: {seller.TaxId}"] : Array.Empty<string>()];

    static IReadOnlyList<string> Lines(BillingAccount account) =>
        [.. new[] { account.Name, account.Line1, account.Line2, $"{account.PostalCode} {account.City}".Trim(), account.State, account.Country, account.TaxId.Length > 0 ? $"Tax ID: {account.TaxId}" : "" }
            .Where(line => line.Length > 0)];
}
