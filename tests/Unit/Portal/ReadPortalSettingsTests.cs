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
    public void Misspelt_names_are_refused() =>
        Read(("PORTAL_OIDC__ISSUER", Issuer), ("PORTAL_OIDC__CLIENTID", "x")).Fault.ShouldBeOfType<Fault.Invalid>().Errors["PORTAL_OIDC__CLIENTID"]
            .ShouldHaveSingleItem().ShouldBe("There is no such setting. The nearest is PORTAL_OIDC__CLIENT_ID.");
}
