using Postern.Billing.Stripe;
using Postern.Kernel;
using Postern.Kernel.Settings;
using Postern.Kernel.Values;

namespace Postern.Portal.Hosting;

/// <summary>Reads the portal's settings from environment variables that begin with <c>PORTAL_</c>.</summary>
public static class ReadPortalSettings
{
    /// <summary>Gives the settings, or an error for each variable that is wrong, missing or unknown. <paramref name="readFile"/> gives a file's text or null.</summary>
    public static Result<PortalSettings> From(IReadOnlyDictionary<string, string> environment, Func<string, string?> readFile)
    {
        var reader = new SettingReader(new SettingSource(environment, "PORTAL_"), environment, readFile);
        var host = ReadHost.From(reader, "./var/portal", "0.0.0.0:9100", "portal@localhost");
        if (reader.Address("OIDC__ISSUER") is not { } issuer)
        {
            if (!reader.Errors.Any)
                reader.Refuse("OIDC__ISSUER", "the address of the OpenID provider that signs people in, such as https://id.example.org/application/o/portal/");
            return new Fault.Invalid(reader.Errors);
        }
        var settings = new PortalSettings(host, issuer)
        {
            ClientId = reader.Text("OIDC__CLIENT_ID") ?? "postern-portal",
            ClientSecret = reader.Secret("OIDC__CLIENT_SECRET"),
            SupportGroup = reader.Text("SUPPORT__GROUP") ?? "Portal support",
            SupportEmail = reader.ParseText("SUPPORT__EMAIL", "an e-mail address", text => EmailAddress.IsValid(text) ? text : null),
            LicenseAuthority = reader.Secret("LICENSE__AUTHORITY"),
            Stripe = Stripe(reader),
        };
        if (reader.Address("OIDC__SIGN_UP_URL") is { } signUp)
            settings = settings with { SignUpUrl = signUp };
        UnknownNames.Refuse(reader);
        return reader.Errors.Any ? new Fault.Invalid(reader.Errors) : settings;
    }

    // All that is asked for is asked for always, so that every name is known.
    static StripeSettings? Stripe(SettingReader reader)
    {
        var key = reader.ParseText("STRIPE__SECRET_KEY", "a secret or restricted key of Stripe, which begins with sk_ or rk_", text =>
            text.StartsWith("sk_", StringComparison.Ordinal) || text.StartsWith("rk_", StringComparison.Ordinal) ? text : null);
        var webhook = reader.ParseText<IReadOnlyList<Secret>>("STRIPE__WEBHOOK_SECRET", "the signing secret of the webhook endpoint, which begins with whsec_; two, separated by a comma, while one replaces the other", Secrets);
        var tax = reader.Flag("STRIPE__AUTOMATIC_TAX", otherwise: false);
        var address = reader.ParseText<Uri>("STRIPE__ADDRESS", "an address like https://api.stripe.com", text =>
            Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri is { Scheme: "http", IsLoopback: true }) ? uri : null);
        if (key is null && webhook is null)
            return null;
        if (key is null || webhook is null)
        {
            if (!reader.Errors.Any)
                reader.Refuse(key is null ? "STRIPE__SECRET_KEY" : "STRIPE__WEBHOOK_SECRET", "given too: Stripe needs both its secret key and the secret of its webhook endpoint");
            return null;
        }
        var settings = new StripeSettings { ApiKey = new Secret(key), WebhookSecrets = webhook, AutomaticTax = tax };
        return address is null ? settings : settings with { BaseAddress = address };
    }

    static IReadOnlyList<Secret>? Secrets(string text)
    {
        var all = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return all.Length > 0 && all.All(s => s.StartsWith("whsec_", StringComparison.Ordinal)) ? [.. all.Select(s => new Secret(s))] : null;
    }
}
