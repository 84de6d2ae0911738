namespace Postern.Billing.Stripe;

/// <summary>Stripe refused what we asked in a way that only we can mend: wrong parameters, a key without the right. The message names the request for Stripe's own log.</summary>
public sealed class StripeException : Exception
{
    public StripeException(string message) : base(message) { }

    public StripeException(string message, Exception innerException) : base(message, innerException) { }

    public StripeException() { }
}
