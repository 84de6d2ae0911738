using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Postern.Tests.Integration.Portal.organizations;

public sealed class OrganizationTests(PortalFixture fixture) : IClassFixture<PortalFixture>
{
    [Fact]
    public async Task Whoever_has_no_organization_is_led_to_create_one()
    {
        using var ada = await fixture.Portal.VisitorAsync("ada@example.org");
        (await ada.GetAsync("/organizations")).Location.ShouldBe("/organizations/new");

        var page = await ada.CreateOrganizationAsync("Analytical Engines");

        (await ada.GetAsync(page)).Text.ShouldContain("<h1><span>Analytical Engines</span>");
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
    public async Task The_trail_is_one_chain_however_many_write_at_once()
    {
        using var owner = await fixture.Portal.VisitorAsync("chain@example.org");
        var page = await owner.CreateOrganizationAsync("Chained");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => owner.PostAsync($"{page}/edit", ("name", $"Chained {i}"), ("notification_email", "news@example.org"))));

        var lines = (await owner.GetAsync($"{page}/audit.csv")).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => l.Split(',').Select(c => c.Trim('"')).ToArray()).ToList();
        lines.Count.ShouldBe(9);
        var before = Array.Empty<byte>();
        foreach (var line in lines)
        {
            var at = DateTimeOffset.Parse(line[1], CultureInfo.InvariantCulture).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
            before = SHA256.HashData([.. before, .. Encoding.UTF8.GetBytes(string.Join('\n', [page.Split('/')[^1], at, .. line[2..7]]))]);
            Convert.ToHexStringLower(before).ShouldBe(line[7]);
        }
    }

    [Fact]
    public async Task Lines_of_the_trail_do_not_change_unseen()
    {
        using var owner = await fixture.Portal.VisitorAsync("unseen@example.org");
        var page = await owner.CreateOrganizationAsync("Unseen");
        await owner.PostAsync($"{page}/edit", ("name", "Seen"), ("notification_email", "news@example.org"));
        var change = $"UPDATE audit_entry SET actor_name = 'Somebody else' WHERE action = 'organization.created' AND organization_id = '{page.Split('/')[^1]}'";
        (await owner.GetAsync($"{page}/audit")).Text.ShouldNotContain("This trail was changed from outside");

        await Should.ThrowAsync<PostgresException>(() => fixture.Portal.Database.ExecuteAsync(change));
        await fixture.Portal.Database.ExecuteAsync($"ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_kept; {change}; ALTER TABLE audit_entry ENABLE TRIGGER audit_entry_kept");

        (await owner.GetAsync($"{page}/audit")).Text.ShouldContain("This trail was changed from outside");
    }

    [Fact]
    public async Task Support_is_asked_to_delete()
    {
        using var owner = await fixture.Portal.VisitorAsync("leaving@example.org");
        var page = await owner.CreateOrganizationAsync("Leaving");
        var edit = (await owner.GetAsync($"{page}/edit")).Text;
        var ticket = $"/support/new?organization={page.Split('/')[^1]}&topic=deletion&subject=Delete+this+organization";
        edit.ShouldContain(ticket);

        var form = (await owner.GetAsync(ticket)).Text;

        form.ShouldContain("<option value=\"deletion\" selected");
        form.ShouldContain("value=\"Delete this organization\"");
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

    [Theory]
    [InlineData(false, 7 * 24)]
    [InlineData(true, 12)]
    public async Task Sessions_end_however_much_they_are_used(bool isSupport, int hours)
    {
        await using var portal = await Support.Portals.TestPortal.StartAsync();
        using var visitor = await portal.VisitorAsync("busy@example.org", isSupport);
        for (var hour = 6; hour < hours; hour += 6)
        {
            portal.Clock.Advance(TimeSpan.FromHours(6));
            (await visitor.GetAsync("/organizations/new")).Status.ShouldBe(HttpStatusCode.OK);
        }

        portal.Clock.Advance(TimeSpan.FromHours(6));

        (await visitor.GetAsync("/organizations/new")).Location.ShouldBe("/sign-in/?next=%2Forganizations%2Fnew");
    }
}
