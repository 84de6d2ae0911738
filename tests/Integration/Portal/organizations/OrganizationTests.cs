using System.Net;

namespace Postern.Tests.Integration.Portal.organizations;

public sealed class OrganizationTests(PortalFixture fixture) : IClassFixture<PortalFixture>
{
    [Fact]
    public async Task Whoever_has_no_organization_is_led_to_create_one()
    {
        using var ada = await fixture.Portal.VisitorAsync("ada@example.org");
        (await ada.GetAsync("/organizations")).Location.ShouldBe("/organizations/new");

        var page = await ada.CreateOrganizationAsync("Analytical Engines");

        (await ada.GetAsync(page)).Text.ShouldContain("<h1>Analytical Engines");
        (await ada.GetAsync("/organizations")).Text.ShouldContain("Analytical Engines");
        (await ada.GetAsync(page)).Text.ShouldContain("Purchase license");
    }

    [Fact]
    public async Task Names_and_addresses_are_checked()
    {
        using var visitor = await fixture.Portal.VisitorAsync("checked@example.org");

        var refused = await visitor.PostAsync("/organizations/new", ("name", " "), ("notification_email", "nobody"));

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Text.ShouldContain("Enter a name.");
        refused.Text.ShouldContain("Enter an e-mail address.");
        (await visitor.PostAsync("/organizations/new", ("name", new string('a', 101)), ("notification_email", "a@example.org"))).Text.ShouldContain("at most 100 characters");
    }

    [Fact]
    public async Task An_owner_edits_and_the_trail_says_so()
    {
        using var owner = await fixture.Portal.VisitorAsync("editor@example.org");
        var page = await owner.CreateOrganizationAsync("Before");

        (await owner.PostAsync($"{page}/edit", ("name", "After"), ("notification_email", "other@example.org"))).Location.ShouldBe(page);

        (await owner.GetAsync(page)).Text.ShouldContain("other@example.org");
        var trail = await owner.GetAsync($"{page}/audit");
        trail.Text.ShouldContain("organization.created");
        trail.Text.ShouldContain("name: Before to After");
    }

    [Fact]
    public async Task Forms_of_other_sites_change_nothing()
    {
        using var owner = await fixture.Portal.VisitorAsync("forged@example.org");
        var page = await owner.CreateOrganizationAsync("Not forged");

        (await owner.PostForgedAsync($"{page}/edit", ("name", "Forged"), ("notification_email", "a@example.org"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await owner.PostForgedAsync($"{page}/edit", ("csrf", "guess"), ("name", "Forged"), ("notification_email", "a@example.org"))).Status.ShouldBe(HttpStatusCode.Forbidden);

        (await owner.GetAsync(page)).Text.ShouldContain("Not forged");
    }

    [Fact]
    public async Task Sessions_end_when_nobody_uses_them()
    {
        await using var portal = await Support.Portals.TestPortal.StartAsync();
        using var visitor = await portal.VisitorAsync("idle@example.org");
        portal.Clock.Advance(TimeSpan.FromHours(11));
        (await visitor.GetAsync("/organizations/new")).Status.ShouldBe(HttpStatusCode.OK);
        portal.Clock.Advance(TimeSpan.FromHours(11));
        (await visitor.GetAsync("/organizations/new")).Status.ShouldBe(HttpStatusCode.OK);

        portal.Clock.Advance(TimeSpan.FromHours(13));

        (await visitor.GetAsync("/organizations/new")).Location.ShouldBe("/sign-in/?next=%2Forganizations%2Fnew");
    }
}
