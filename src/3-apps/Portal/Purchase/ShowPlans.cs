using Microsoft.EntityFrameworkCore;
using Postern.Billing.Accounts;
using Postern.Billing.Amounts;
using Postern.Billing.Plans;
using Postern.Billing.Providers;
using Postern.Kernel;
using Postern.Portal.Access;
using Postern.Portal.Licenses;
using Postern.Portal.Looks;
using Postern.Storage;

namespace Postern.Portal.Purchase;

/// <summary>The page of plans and prices.</summary>
sealed class ShowPlans(PosternDb db, BillingProviders providers, ReadBillingAccount accounts, Shells shells, TimeProvider clock)
{
    /// <summary>The page; with form and errors as the answer to a refused order.</summary>
    public async Task<IResult> PageAsync(HttpContext http, PurchaseForm? form, FieldErrors? errors)
    {
        var (seat, session, now) = (http.Seat(), http.Visitor().Session, clock.GetUtcNow());
        var plans = await db.Set<Plan>().AsNoTracking().Where(p => !p.Archived).OrderBy(p => p.Position).ThenBy(p => p.Name).ToListAsync(http.RequestAborted);
        var prices = await db.Set<Price>().AsNoTracking().OrderBy(p => p.Currency).ToListAsync(http.RequestAborted);
        var account = await accounts.ExecuteAsync(seat.OrganizationId, http.RequestAborted);
        var chosen = form ?? Asked(http, session, plans, account.Currency);
        _ = Guid.TryParse(chosen.InstallId, out var installId);
        return PortalPage.Of<PurchasePage>(
            http,
            new
            {
                Shell = await shells.ForAsync(http),
                seat.Organization,
                Plans = plans.Select(p => new PlanCard(p, [.. prices.Where(r => r.PlanId == p.Id && (account.Currency.Length == 0 || r.Currency == account.Currency)).OrderBy(r => r.Seat).Select(r => new PriceLine(r.Seat, new Money(r.UnitMinor, r.Currency)))])).ToList(),
                Currencies = account.Currency.Length > 0 ? [account.Currency] : prices.Select(p => p.Currency).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList(),
                Providers = providers.All.Select(p => p.Name).ToList(),
                FromInstance = session.InstallId is not null,
                session.InstanceUrl,
                Present = await db.Set<License>().AsNoTracking().Where(l => l.OrganizationId == seat.OrganizationId && l.InstallId == installId && l.RevokedAt == null && l.PaidThrough > now).ToListAsync(http.RequestAborted),
                Form = chosen,
                Errors = errors,
            },
            errors is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>What the link asked for, such as that of a license that has ended; else the first plan, for nobody yet.</summary>
    PurchaseForm Asked(HttpContext http, SignIn.PortalSession session, List<Plan> plans, string currency)
    {
        string Query(string name) => http.Request.Query[name].ToString();
        var plan = plans.Find(p => p.SelfServe && p.Code == Query("plan")) ?? plans.Find(p => p.SelfServe);
        return new PurchaseForm(
            plan?.Code ?? "", currency, providers.All.Count > 0 ? providers.All[0].Name : "", Query("nickname"),
            session.InstallId?.ToString("D") ?? Query("install_id"), Query("internal"), Query("external"), "");
    }
}

/// <summary>A plan with its prices.</summary>
public sealed record PlanCard(Plan Plan, IReadOnlyList<PriceLine> Prices);

/// <summary>What one user costs for a term.</summary>
public sealed record PriceLine(SeatType Seat, Money Unit);
