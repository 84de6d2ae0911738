namespace Postern.Billing.Plans;

/// <summary>What can be bought: a name, its features, its term. Data that the vendor edits.</summary>
public sealed class Plan
{
    public Guid Id { get; set; } = Guid.CreateVersion7();

    /// <summary>Stable name in licence keys and addresses, e.g. <c>enterprise</c>.</summary>
    public string Code { get; set; } = "";

    public string Name { get; set; } = "";

    public string Description { get; set; } = "";

    /// <summary>Lines of the plan's card.</summary>
    public List<string> Features { get; set; } = [];

    /// <summary>Length of a paid period.</summary>
    public int TermMonths { get; set; } = 12;

    /// <summary>Fewest internal users an order may name.</summary>
    public int MinimumInternal { get; set; }

    /// <summary>Fewest external users an order may name.</summary>
    public int MinimumExternal { get; set; }

    /// <summary>Customers order it themselves; otherwise its card says to contact sales.</summary>
    public bool SelfServe { get; set; } = true;

    /// <summary>No longer sold; what was bought goes on.</summary>
    public bool Archived { get; set; }

    /// <summary>Place among the cards, from left.</summary>
    public int Position { get; set; }
}

/// <summary>What one user of a plan costs for a term, in one currency.</summary>
public sealed class Price
{
    public Guid Id { get; set; } = Guid.CreateVersion7();

    public Guid PlanId { get; set; }

    public SeatType Seat { get; set; }

    /// <summary>ISO 4217 code in upper case.</summary>
    public string Currency { get; set; } = "";

    /// <summary>Smallest units for one user and one term, before tax.</summary>
    public int UnitMinor { get; set; }

    /// <summary>The price of the same amount at Stripe; needed only where Stripe is the provider.</summary>
    public string StripePrice { get; set; } = "";
}

/// <summary>Whom a seat is for.</summary>
public enum SeatType
{
    Internal,
    External,
}
