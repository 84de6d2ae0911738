using Postern.Billing.Accounts;
using Postern.Billing.Orders;
using Postern.Billing.Providers;
using Postern.Billing.Subscriptions;
using Postern.Kernel;

namespace Postern.Billing.News;

/// <summary>Brings our records of one thing at a provider to its present state.</summary>
sealed class ApplySubject(ApplyCheckout checkouts, ApplySubscription subscriptions, ApplyCustomer customers, BillingProviders providers)
{
    /// <exception cref="ProviderSilentException">The provider does not answer; worth another try.</exception>
    public async Task ExecuteAsync(string provider, Subject subject, CancellationToken cancellation)
    {
        var result = subject.Kind switch
        {
            SubjectKind.Checkout => await checkouts.ExecuteAsync(provider, subject.Id, cancellation),
            SubjectKind.Subscription => await subscriptions.ExecuteAsync(provider, subject.Id, cancellation),
            SubjectKind.Customer => await customers.ExecuteAsync(provider, subject.Id, cancellation),
            SubjectKind.Charge => await OfChargeAsync(provider, subject.Id, cancellation),
            _ => Unit.Value,
        };
        // What the provider does not know (any more) is none of ours; everything else must be tried again.
        if (result.Fault is not null and not Fault.NotFound)
            throw new ProviderSilentException($"{provider}: {subject.Kind} {subject.Id}: {result.Fault.Message}");
    }

    async Task<Result<Unit>> OfChargeAsync(string provider, string chargeId, CancellationToken cancellation) =>
        await (await providers.Of(provider).GetCustomerOfChargeAsync(chargeId, cancellation)).ThenAsync(customer => customers.ExecuteAsync(provider, customer, cancellation));
}

/// <summary>A provider did not say how something stands; the job will ask again.</summary>
public sealed class ProviderSilentException : Exception
{
    public ProviderSilentException(string message) : base(message) { }

    public ProviderSilentException(string message, Exception innerException) : base(message, innerException) { }

    public ProviderSilentException() { }
}
