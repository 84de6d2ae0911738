using Postern.Billing.Amounts;
using Postern.Storage.Kinds;

namespace Postern.Billing.Plans;

/// <summary>The declaration of plans.</summary>
public static class PlanKind
{
    public static readonly ModelKind<Plan> Kind = ModelKind<Plan>.Declare("billing.plan", static (k, kind) =>
    {
        k.Labels("Plan", "Plans").Table("billing_plan").NotInBlueprints();
        k.Key(p => p.Id, "id");
        k.Slug("code", p => p.Code).Required().Unique().Help("Stands in license keys and addresses.");
        k.Text("name", p => p.Name).Required();
        k.LongText("description", p => p.Description).Help("Below the name on the card.");
        k.TextList("features", p => p.Features).Label("Lines of the card");
        k.Integer("term_months", p => p.TermMonths, minimum: 1, maximum: 60).Label("Term in months");
        k.Integer("minimum_internal", p => p.MinimumInternal, minimum: 0).Label("Fewest internal users");
        k.Integer("minimum_external", p => p.MinimumExternal, minimum: 0).Label("Fewest external users");
        k.Boolean("self_serve", p => p.SelfServe).Label("Customers order it themselves").Help("Otherwise its card says to contact sales.");
        k.Boolean("archived", p => p.Archived).Label("No longer sold").Help("What was bought goes on.");
        k.Integer("position", p => p.Position).Label("Place among the cards").Help("Small numbers come first.");
        k.Search(p => p.Name);
        k.Order("position", "name");
    });
}

/// <summary>The declaration of prices: one for each plan, currency and kind of user.</summary>
public static class PriceKind
{
    public static readonly ModelKind<Price> Kind = ModelKind<Price>.Declare("billing.price", static (k, kind) =>
    {
        k.Labels("Price", "Prices").Table("billing_price").NotInBlueprints();
        k.Key(p => p.Id, "id");
        k.Reference("plan", p => p.PlanId, "billing.plan").Required();
        k.Choice<SeatType>("seat", p => p.Seat).Required().Label("User");
        k.Text("currency", p => p.Currency).Required().Help("Three capital letters, such as EUR.");
        k.Integer("unit_minor", p => p.UnitMinor, minimum: 0).Required().Label("Price of one user in smallest units").Help("For a whole term, before tax: 5600 is 56.00 EUR.");
        k.Text("stripe_price", p => p.StripePrice).Label("Price ID at Stripe").Help("Begins with price_; without one it is not sold by card at Stripe.");
        k.Filters("plan", "currency");
        k.Order("currency", "seat");
        k.Identifiers("plan", "currency", "seat");
        k.Validate(static (price, context) =>
        {
            if (!Currencies.IsCode(price.Currency))
                context.Errors.Add("currency", "A currency is three capital letters, such as EUR.");
        });
    });
}
