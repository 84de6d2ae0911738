using System.Net;
using Postern.Licensing;
using Postern.Tests.Support.Portals;

namespace Postern.Tests.Integration.Portal.licenses;

public sealed class PurchaseTests(PortalFixture fixture) : IClassFixture<PortalFixture>
{
    static readonly Guid Install = Guid.Parse("11111111-2222-4333-8444-555555555555");

    [Fact]
    public async Task A_license_is_bought_and_its_key_verifies_for_its_installation_alone()
    {
        var (owner, page) = await OwnerAsync("buyer@example.org");

        var license = await Buying.BuyAsync(owner, page, Install, "Production");

        var shown = await owner.PostAsync($"{license}/key");
        var key = Buying.KeyIn(shown.Text);
        var verified = new LicenseVerifier(TrustedRoots.All).Verify(key, Install).Value;
        (verified.Name, verified.InternalUsers, verified.ExternalUsers, verified.Revision).ShouldBe(("Production", 10L, 20L, 1));
        DateTimeOffset.FromUnixTimeSeconds(verified.ExpiresAt).ShouldBe(fixture.Portal.Clock.GetUtcNow().AddYears(1), TimeSpan.FromDays(1));
        new LicenseVerifier(TrustedRoots.All).Verify(key, Guid.NewGuid()).Fault!.Message.ShouldContain("Invalid Install ID in license");
        (await owner.GetAsync($"{page}/audit")).Text.ShouldContain("license.key_revealed");
        await fixture.Portal.RunJobsAsync();
        fixture.Mail.LastTo("buyer@example.org").Text.ShouldContain("The payment of Production is validated.");
        fixture.Mail.LastTo("buyer@example.org").Text.ShouldNotContain(key[..40]);
        owner.Dispose();
    }

    [Fact]
    public async Task Without_an_install_id_nothing_is_sold()
    {
        var (owner, page) = await OwnerAsync("careless@example.org");

        var refused = await owner.PostAsync($"{page}/purchase", ("plan_code", "enterprise"), ("currency", "EUR"), ("provider", "sandbox"), ("install_id", "office"), ("internal_users", "1"), ("external_users", ""));

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Text.ShouldContain("Enter the Install ID that your installation shows");
        owner.Dispose();
    }

    [Theory]
    [InlineData("/from_instance/purchase/?install_id=11111111-2222-4333-8444-555555555555&instance_url=https%3A%2F%2Fid.example.org")]
    [InlineData("/from_authentik/purchase/?install_id=11111111-2222-4333-8444-555555555555&authentik_url=https%3A%2F%2Fid.example.org")]
    public async Task An_installation_brings_its_id_along(string link)
    {
        var (owner, page) = await OwnerAsync($"arrives{link[6]}{link[8]}@example.org");

        (await owner.GetAsync(link)).Location.ShouldBe($"{page}/purchase");

        var plans = await owner.GetAsync($"{page}/purchase");
        plans.Text.ShouldContain("value=\"11111111-2222-4333-8444-555555555555\"");
        plans.Text.ShouldContain("From your installation at https://id.example.org.");
        (await owner.PostAsync("/from_instance/forget", ("next", $"{page}/purchase"))).Location.ShouldBe($"{page}/purchase");
        (await owner.GetAsync($"{page}/purchase")).Text.ShouldNotContain("11111111-2222");
        (await owner.GetAsync("/from_instance/purchase/?install_id=nonsense")).Status.ShouldBe(HttpStatusCode.BadRequest);
        owner.Dispose();
    }

    [Fact]
    public async Task Several_licenses_of_an_installation_add_up()
    {
        var (owner, page) = await OwnerAsync("twice@example.org");
        await Buying.BuyAsync(owner, page, Install, "First");
        (await owner.GetAsync($"{page}/purchase?install_id={Install}")).Text.ShouldContain("This installation has a license already");

        await Buying.BuyAsync(owner, page, Install, "Second");

        (await owner.GetAsync(page)).Text.ShouldContain("Together, 2 licenses allow 20 internal and 40 external users");
        owner.Dispose();
    }

    [Fact]
    public async Task Declined_cards_bring_no_license()
    {
        var (owner, page) = await OwnerAsync("declined@example.org");

        var answer = await Buying.PayAsync(owner, await Buying.OrderAsync(owner, page, Guid.NewGuid(), "Never"), "4000000000000002");

        answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await owner.GetAsync(page)).Text.ShouldContain("No licenses yet");
        owner.Dispose();
    }

    async Task<(PortalVisitor Owner, string Page)> OwnerAsync(string email)
    {
        var owner = await fixture.Portal.VisitorAsync(email);
        return (owner, await owner.CreateOrganizationAsync($"Of {email}"));
    }
}
