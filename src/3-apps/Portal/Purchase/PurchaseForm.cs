using System.Globalization;
using Postern.Billing.Orders;
using Postern.Kernel;
using Postern.Portal.Access;

namespace Postern.Portal.Purchase;

/// <summary>What somebody chose on the page of plans, as it was typed.</summary>
public sealed record PurchaseForm(string Plan, string Currency, string Provider, string Nickname, string InstallId, string InternalUsers, string ExternalUsers, string Subject)
{
    internal static PurchaseForm Read(HttpContext http)
    {
        var form = http.Request.Form;
        var visitor = http.Visitor();
        return new(
            form["plan_code"].ToString(),
            form["currency"].ToString(),
            form["provider"].ToString(),
            form["nickname"].ToString().Trim(),
            // What came along from the installation is not typed.
            visitor.Session.InstallId?.ToString("D") ?? form["install_id"].ToString().Trim(),
            form["internal_users"].ToString().Trim(),
            form["external_users"].ToString().Trim(),
            visitor.Subject);
    }

    /// <summary>Faults on fields that are no Install ID and no numbers; all else billing judges.</summary>
    internal Result<OrderInput> Check()
    {
        var errors = new FieldErrors();
        if (!Guid.TryParseExact(InstallId, "D", out var install) || install == Guid.Empty)
            errors.Add("install_id", "Enter the Install ID that your installation shows under Enterprise, Licenses.");
        if (!TryCount(InternalUsers, out var internals))
            errors.Add("internal_users", "Enter a whole number.");
        if (!TryCount(ExternalUsers, out var externals))
            errors.Add("external_users", "Enter a whole number.");
        return errors.Any ? new Fault.Invalid(errors) : new OrderInput(Plan, Currency, Nickname, install, internals, externals, Provider, Subject);
    }

    static bool TryCount(string text, out int count)
    {
        count = 0;
        return text.Length == 0 || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count);
    }
}
