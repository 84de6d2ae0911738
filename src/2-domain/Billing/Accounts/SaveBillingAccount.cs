using Microsoft.EntityFrameworkCore;
using Postern.Billing.Taxes;
using Postern.Kernel;
using Postern.Kernel.Values;
using Postern.Storage;

namespace Postern.Billing.Accounts;

/// <summary>What a person enters on the billing page. Fields of faults have these names in snake_case.</summary>
public sealed record BillingAccountInput(
    string Name, string Email, string Phone, string Line1, string Line2, string PostalCode, string City, string State, string Country, string TaxId, string PurchaseOrder);

/// <summary>
/// Saves name, address, phone and tax identifier. Whoever calls has checked that the caller is an owner. Faults: invalid. Writes the account;
/// the providers hear of it with the next checkout.
/// </summary>
public sealed class SaveBillingAccount(PosternDb db)
{
    const int Longest = 200;

    public async Task<Result<BillingAccount>> ExecuteAsync(Guid organizationId, BillingAccountInput input, CancellationToken cancellation)
    {
        var country = input.Country.Trim().ToUpperInvariant();
        var taxId = TaxIds.Tidy(input.TaxId);
        var format = await db.Set<TaxIdFormat>().AsNoTracking().FirstOrDefaultAsync(f => f.Country == country, cancellation);
        if (Check(input, country, taxId, format) is { Any: true } errors)
            return new Fault.Invalid(errors);
        var account = await db.Set<BillingAccount>().FirstOrDefaultAsync(a => a.OrganizationId == organizationId, cancellation);
        if (account is null)
            db.Add(account = new BillingAccount { OrganizationId = organizationId });
        Write(account, input);
        if ((account.Country, account.TaxId) != (country, taxId))
            (account.Country, account.TaxId, account.TaxIdStatus) = (country, taxId, taxId.Length > 0 ? TaxIdStatus.Pending : TaxIdStatus.None);
        await db.SaveChangesAsync(cancellation);
        return account;
    }

    /// <summary>Takes over what was entered at a provider's checkout where nothing was known yet, and the currency of the first order. The provider has checked it in its own way.</summary>
    internal async Task FillAsync(Guid organizationId, BillingAccountInput entered, string currency, CancellationToken cancellation)
    {
        var account = await db.Set<BillingAccount>().FirstOrDefaultAsync(a => a.OrganizationId == organizationId, cancellation);
        if (account is null)
            db.Add(account = new BillingAccount { OrganizationId = organizationId });
        if (account.Currency.Length == 0)
            account.Currency = currency;
        if (account.Country.Length == 0)
        {
            Write(account, entered);
            (account.Country, account.TaxId) = (entered.Country, TaxIds.Tidy(entered.TaxId));
            account.TaxIdStatus = account.TaxId.Length > 0 ? TaxIdStatus.Pending : TaxIdStatus.None;
        }
        await db.SaveChangesAsync(cancellation);
    }

    static void Write(BillingAccount account, BillingAccountInput input)
    {
        (account.Name, account.Email, account.Phone) = (input.Name.Trim(), input.Email.Trim(), input.Phone.Trim());
        (account.Line1, account.Line2, account.PostalCode) = (input.Line1.Trim(), input.Line2.Trim(), input.PostalCode.Trim());
        (account.City, account.State, account.PurchaseOrder) = (input.City.Trim(), input.State.Trim(), input.PurchaseOrder.Trim());
    }

    static FieldErrors Check(BillingAccountInput input, string country, string taxId, TaxIdFormat? format)
    {
        var errors = new FieldErrors();
        foreach (var (field, text) in new[] { ("name", input.Name), ("line1", input.Line1), ("city", input.City), ("postal_code", input.PostalCode) })
        {
            if (string.IsNullOrWhiteSpace(text))
                errors.Add(field, "This field is required.");
        }
        foreach (var (field, text) in new[]
                 {
                     ("name", input.Name), ("line1", input.Line1), ("line2", input.Line2), ("city", input.City), ("state", input.State),
                     ("postal_code", input.PostalCode), ("phone", input.Phone), ("purchase_order", input.PurchaseOrder),
                 })
        {
            if (text.Length > Longest || text.Any(char.IsControl))
                errors.Add(field, $"Ensure this field has no more than {Longest} characters, on one line.");
        }
        if (!EmailAddress.IsValid(input.Email.Trim()))
            errors.Add("email", "Enter a valid email address.");
        if (input.Phone.Trim() is { Length: > 0 } phone && !IsPhone(phone))
            errors.Add("phone", "A phone number has 5 to 20 digits, and perhaps a + in front.");
        if (!TaxKinds.IsCountry(country))
            errors.Add("country", "Choose a country.");
        if (input.TaxId.Trim().Length > 0 && TaxIds.Refuse(format, taxId) is { } refusal)
            errors.Add("tax_id", refusal);
        return errors;
    }

    static bool IsPhone(string phone) =>
        phone.Count(char.IsAsciiDigit) is >= 5 and <= 20 && phone.Skip(1).All(c => char.IsAsciiDigit(c) || c is ' ' or '-' or '/' or '(' or ')' or '.')
        && (char.IsAsciiDigit(phone[0]) || phone[0] is '+' or '(');
}
