using Postern.Kernel.Values;

namespace Postern.Billing.Stripe;

/// <summary>How to reach the vendor's account at Stripe.</summary>
public sealed record StripeSettings
{
    public required Secret ApiKey { get; init; }

    /// <summary>Secrets of the webhook endpoint as Stripe shows them, with <c>whsec_</c>; two while one replaces the other.</summary>
    public required IReadOnlyList<Secret> WebhookSecrets { get; init; }

    public Uri BaseAddress { get; init; } = new("https://api.stripe.com");

    /// <summary>Stripe computes the tax; it must be set up there.</summary>
    public bool AutomaticTax { get; init; }

    /// <summary>Wait before the first repetition of a request; it doubles for the next.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The key moves real money; news from the other mode is refused.</summary>
    public bool IsLive => ApiKey.Reveal.Contains("_live_", StringComparison.Ordinal);
}
