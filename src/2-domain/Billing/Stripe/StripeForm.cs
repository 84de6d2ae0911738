using System.Globalization;

namespace Postern.Billing.Stripe;

/// <summary>A request body as Stripe reads it: form fields whose brackets make objects and lists. What is null is left out; an empty text unsets.</summary>
sealed class StripeForm
{
    readonly List<KeyValuePair<string, string>> fields = [];

    public IReadOnlyList<KeyValuePair<string, string>> Fields => fields;

    public StripeForm Add(string name, string? value)
    {
        if (value is not null)
            fields.Add(new(name, value));
        return this;
    }

    public StripeForm Add(string name, long value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    public StripeForm Add(string name, bool value) => Add(name, value ? "true" : "false");

    public string Query() => string.Join('&', fields.Select(f => $"{Uri.EscapeDataString(f.Key)}={Uri.EscapeDataString(f.Value)}"));
}
