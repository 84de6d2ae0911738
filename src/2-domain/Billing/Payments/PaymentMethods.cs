using Postern.Billing.Accounts;
using Postern.Billing.Providers;
using Postern.Kernel;

namespace Postern.Billing.Payments;

/// <summary>The cards of an organisation at the provider that takes cards. Whoever calls has checked that the caller is an owner. Faults: not found, invalid, and what the provider answers.</summary>
public sealed class PaymentMethods(BillingProviders providers, EnsureCustomer customers)
{
    public async Task<Result<IReadOnlyList<PaymentMethod>>> ListAsync(Guid organizationId, CancellationToken cancellation) =>
        await FindAsync(organizationId, cancellation) is (var provider, { } customer)
            ? await provider.ListPaymentMethodsAsync(customer, cancellation)
            : Result<IReadOnlyList<PaymentMethod>>.Of([]);

    /// <summary>Where to send the customer to enter a card; it comes back to <paramref name="returnTo"/>, an address of the portal.</summary>
    public async Task<Result<HostedPage>> StartAddAsync(Guid organizationId, Uri returnTo, CancellationToken cancellation)
    {
        if (Provider is not { } provider)
            return Fault.Input("This portal takes no cards.");
        if (!(await customers.ExecuteAsync(provider, organizationId, cancellation)).Succeeded(out var customer, out var fault))
            return fault;
        return await provider.StartAddPaymentMethodAsync(customer, returnTo, cancellation);
    }

    /// <summary>Where to send the customer to look after cards and invoices at the provider itself.</summary>
    public async Task<Result<HostedPage>> StartPortalAsync(Guid organizationId, Uri returnTo, CancellationToken cancellation)
    {
        if (Provider is not { HasPortal: true } provider)
            return new Fault.NotFound("Page");
        if (!(await customers.ExecuteAsync(provider, organizationId, cancellation)).Succeeded(out var customer, out var fault))
            return fault;
        return await provider.StartPortalAsync(customer, returnTo, cancellation);
    }

    /// <summary>Subscriptions are paid with this card from now on, and what is owed is tried with it at once.</summary>
    public async Task<Result<Unit>> SetDefaultAsync(Guid organizationId, string methodId, CancellationToken cancellation) =>
        await FindAsync(organizationId, cancellation) is (var provider, { } customer) ? await provider.SetDefaultPaymentMethodAsync(customer, methodId, cancellation) : NoMethod;

    public async Task<Result<Unit>> RemoveAsync(Guid organizationId, string methodId, CancellationToken cancellation) =>
        await FindAsync(organizationId, cancellation) is (var provider, { } customer) ? await provider.DetachPaymentMethodAsync(customer, methodId, cancellation) : NoMethod;

    IBillingProvider? Provider => providers.All.FirstOrDefault(p => p.HasCards);

    static Fault NoMethod => new Fault.NotFound("Payment method");

    async Task<(IBillingProvider Provider, string? Customer)?> FindAsync(Guid organizationId, CancellationToken cancellation) =>
        Provider is { } provider ? (provider, await customers.FindAsync(provider, organizationId, cancellation)) : null;
}
