namespace Postern.Billing.Providers;

/// <summary>The providers of this portal by name.</summary>
public sealed class BillingProviders(IEnumerable<IBillingProvider> all)
{
    /// <summary>Those that take orders, in the order in which customers are offered them.</summary>
    public IReadOnlyList<IBillingProvider> All { get; } = [.. all];

    /// <summary>The provider of that name; null when this portal has none such.</summary>
    public IBillingProvider? Find(string name) => All.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.Ordinal));

    /// <summary>The provider that a stored order names.</summary>
    public IBillingProvider Of(string name) => Find(name) ?? throw new InvalidOperationException($"This portal has no payment provider {name} any more.");
}
