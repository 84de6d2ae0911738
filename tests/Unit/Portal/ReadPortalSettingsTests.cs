using Postern.Kernel;
using Postern.Portal.Hosting;

namespace Postern.Tests.Unit.Portal;

public sealed class ReadPortalSettingsTests
{
    const string Issuer = "https://id.example.org/application/o/portal/";

    static Result<PortalSettings> Read(params (string Name, string Value)[] environment) =>
        ReadPortalSettings.From(environment.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal), _ => null);

    [Fact]
    public void The_issuer_is_all_that_must_be_said()
    {
        var settings = Read(("PORTAL_OIDC__ISSUER", Issuer), ("POSTERN_DATA", "/elsewhere")).Value;

        settings.DataRoot.ShouldBe("./var/portal");
        settings.Postgres.ShouldBeNull();
        settings.ClientId.ShouldBe("postern-portal");
        settings.ClientSecret.ShouldBeNull();
        settings.SignUpUrl.ShouldBe(new Uri("https://id.example.org/if/flow/portal-sign-up/"));
        settings.ListenHttp.ShouldHaveSingleItem().Port.ShouldBe(9100);
    }

    [Fact]
    public void Without_an_issuer_it_says_what_is_missing() =>
        Read().Fault.ShouldBeOfType<Fault.Invalid>().Errors["PORTAL_OIDC__ISSUER"].ShouldHaveSingleItem().ShouldContain("the address of the OpenID provider");

    [Fact]
    public void Stripe_takes_cards_once_its_keys_are_given()
    {
        Read(("PORTAL_OIDC__ISSUER", Issuer)).Value.Stripe.ShouldBeNull();

        var stripe = Read(("PORTAL_OIDC__ISSUER", Issuer), ("PORTAL_STRIPE__SECRET_KEY", "sk_live_1"), ("PORTAL_STRIPE__WEBHOOK_SECRET", "whsec_new, whsec_old"), ("PORTAL_STRIPE__AUTOMATIC_TAX", "true")).Value.Stripe!;

        (stripe.ApiKey.Reveal, stripe.IsLive, stripe.AutomaticTax, stripe.BaseAddress.Host).ShouldBe(("sk_live_1", true, true, "api.stripe.com"));
        stripe.WebhookSecrets.Select(s => s.Reveal).ShouldBe(["whsec_new", "whsec_old"]);
    }

    [Theory]
    [InlineData("PORTAL_STRIPE__WEBHOOK_SECRET", "PORTAL_STRIPE__SECRET_KEY", "sk_test_1")]
    [InlineData("PORTAL_STRIPE__SECRET_KEY", "PORTAL_STRIPE__WEBHOOK_SECRET", "whsec_1")]
    [InlineData("PORTAL_STRIPE__SECRET_KEY", "PORTAL_STRIPE__SECRET_KEY", "pk_live_1")]
    [InlineData("PORTAL_STRIPE__WEBHOOK_SECRET", "PORTAL_STRIPE__WEBHOOK_SECRET", "we_1")]
    [InlineData("PORTAL_STRIPE__ADDRESS", "PORTAL_STRIPE__ADDRESS", "http://elsewhere.example")]
    public void Half_of_stripe_is_refused(string wrong, string name, string value) =>
        Read(("PORTAL_OIDC__ISSUER", Issuer), (name, value)).Fault.ShouldBeOfType<Fault.Invalid>().Errors[wrong].ShouldNotBeEmpty();

    [Fact]
    public void Misspelt_names_are_refused() =>
        Read(("PORTAL_OIDC__ISSUER", Issuer), ("PORTAL_OIDC__CLIENTID", "x")).Fault.ShouldBeOfType<Fault.Invalid>().Errors["PORTAL_OIDC__CLIENTID"]
            .ShouldHaveSingleItem().ShouldBe("There is no such setting. The nearest is PORTAL_OIDC__CLIENT_ID.");
}
