using System.Net;
using Postern.Tests.Support.Portals;

namespace Postern.Tests.Integration.Portal.organizations;

public sealed class MemberTests(PortalFixture fixture) : IClassFixture<PortalFixture>
{
    [Fact]
    public async Task Whoever_is_invited_joins_by_the_mailed_link_once()
    {
        using var owner = await fixture.Portal.VisitorAsync("owner1@example.org");
        var page = await owner.CreateOrganizationAsync("Joining");
        (await owner.PostAsync($"{page}/members", ("email", "Grace@example.org"), ("role", "member"))).Location.ShouldBe(page);
        var invited = await owner.GetAsync(page);
        invited.Text.ShouldContain("The invitation has been sent to Grace@example.org.");
        invited.Text.ShouldContain("Pending invitations");
        var link = await fixture.InvitationAsync("Grace@example.org");
        using var grace = await fixture.Portal.VisitorAsync("grace@example.org");
        (await grace.GetAsync("/organizations")).Text.ShouldContain("You are invited");

        (await grace.GetAsync(link)).Text.ShouldContain("You are invited to join");
        (await grace.PostAsync(link)).Location.ShouldBe(page);

        (await grace.GetAsync(page)).Text.ShouldContain("Welcome to Joining.");
        (await grace.GetAsync(page)).Text.ShouldNotContain("Purchase license");
        (await grace.GetAsync(link)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await owner.GetAsync($"{page}/audit")).Text.ShouldContain("member.joined");
    }

    [Fact]
    public async Task An_invitation_is_for_one_address_only()
    {
        var (owner, page, link) = await InviteAsync("owner2@example.org", "right@example.org");
        using var wrong = await fixture.Portal.VisitorAsync("wrong@example.org");

        (await wrong.GetAsync(link)).Text.ShouldContain("This invitation is for another e-mail address");
        (await wrong.PostAsync(link)).Status.ShouldBe(HttpStatusCode.Forbidden);

        (await wrong.GetAsync(page)).Status.ShouldBe(HttpStatusCode.NotFound);
        owner.Dispose();
    }

    [Fact]
    public async Task Revoked_resent_and_old_links_lead_nowhere()
    {
        await using var portal = await TestPortal.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PORTAL_EMAIL__HOST"] = "127.0.0.1",
            ["PORTAL_EMAIL__PORT"] = fixture.Mail.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["PORTAL_BASE_URL"] = "https://customers.example.org",
        });
        using var owner = await portal.VisitorAsync("owner3@example.org");
        using var guest = await portal.VisitorAsync("guest3@example.org");
        var page = await owner.CreateOrganizationAsync("Links");
        var first = await MailedAsync(portal, owner, page);
        (await guest.GetAsync(first)).Status.ShouldBe(HttpStatusCode.OK);

        var second = await MailedAsync(portal, owner, page);
        (await guest.GetAsync(first)).Status.ShouldBe(HttpStatusCode.BadRequest);
        portal.Clock.Advance(TimeSpan.FromDays(7));
        using var later = await portal.VisitorAsync("guest3@example.org");
        (await later.GetAsync(second)).Status.ShouldBe(HttpStatusCode.BadRequest);
        using var laterOwner = await portal.VisitorAsync("owner3@example.org");
        (await laterOwner.GetAsync(page)).Text.ShouldContain("Expired");

        var id = await portal.Database.ScalarAsync<Guid>("SELECT id FROM invitation");
        (await laterOwner.PostAsync($"{page}/invitations/{id}/resend")).Location.ShouldBe(page);
        await portal.RunJobsAsync();
        var third = PathIn(fixture.Mail.LastTo("guest3@example.org").Text);
        (await later.GetAsync(third)).Status.ShouldBe(HttpStatusCode.OK);
        (await laterOwner.PostAsync($"{page}/invitations/{id}/revoke")).Location.ShouldBe(page);
        (await later.GetAsync(third)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await laterOwner.PostAsync($"{page}/invitations/{id}/revoke")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_invitation_ends_with_the_inviter()
    {
        var (owner, page, link) = await InviteAsync("owner4@example.org", "second4@example.org", "owner");
        using var second = await fixture.Portal.VisitorAsync("second4@example.org");
        await second.PostAsync(link);
        (await owner.PostAsync($"{page}/members", ("email", "third4@example.org"), ("role", "owner"))).Location.ShouldBe(page);
        var third = await fixture.InvitationAsync("third4@example.org");

        (await second.PostAsync($"{page}/members/subject of owner4@example.org/remove")).Location.ShouldBe(page);

        using var guest = await fixture.Portal.VisitorAsync("third4@example.org");
        (await guest.PostAsync(third)).Status.ShouldBe(HttpStatusCode.BadRequest);
        owner.Dispose();
    }

    [Fact]
    public async Task The_last_owner_stays()
    {
        var (owner, page, link) = await InviteAsync("owner5@example.org", "member5@example.org");
        using var member = await fixture.Portal.VisitorAsync("member5@example.org");
        await member.PostAsync(link);

        await owner.PostAsync($"{page}/leave");
        (await owner.GetAsync(page)).Text.ShouldContain("This is the last owner.");
        await owner.PostAsync($"{page}/members/subject of owner5@example.org/role", ("role", "member"));
        (await owner.GetAsync(page)).Text.ShouldContain("This is the last owner.");
        await owner.PostAsync($"{page}/members/subject of owner5@example.org/remove");
        (await owner.GetAsync(page)).Text.ShouldContain("This is the last owner.");

        await owner.PostAsync($"{page}/members/subject of member5@example.org/role", ("role", "owner"));
        (await owner.PostAsync($"{page}/leave")).Location.ShouldBe("/organizations");
        (await owner.GetAsync(page)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await member.GetAsync(page)).Text.ShouldContain("Purchase license");
        owner.Dispose();
    }

    [Fact]
    public async Task Who_cannot_be_invited()
    {
        using var owner = await fixture.Portal.VisitorAsync("owner6@example.org");
        var page = await owner.CreateOrganizationAsync("Refusals");

        (await owner.PostAsync($"{page}/members", ("email", "nobody"), ("role", "member"))).Text.ShouldContain("Enter an e-mail address.");
        (await owner.PostAsync($"{page}/members", ("email", "a@example.org"), ("role", "king"))).Text.ShouldContain("Choose Member or Owner.");
        (await owner.PostAsync($"{page}/members", ("email", "OWNER6@example.org"), ("role", "member"))).Text.ShouldContain("This person already is a member.");
        for (var i = 0; i < 15; i++)
            (await owner.PostAsync($"{page}/members", ("email", $"many{i}@example.org"), ("role", "member"))).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await owner.PostAsync($"{page}/members", ("email", "one-more@example.org"), ("role", "member"))).Text.ShouldContain("15 invitations are waiting already.");
        (await owner.PostAsync($"{page}/members", ("email", "many3@example.org"), ("role", "owner"))).Status.ShouldBe(HttpStatusCode.SeeOther);
    }

    async Task<(PortalVisitor Owner, string Page, string Link)> InviteAsync(string owner, string guest, string role = "member")
    {
        var visitor = await fixture.Portal.VisitorAsync(owner);
        var page = await visitor.CreateOrganizationAsync($"Of {owner}");
        (await visitor.PostAsync($"{page}/members", ("email", guest), ("role", role))).Location.ShouldBe(page);
        return (visitor, page, await fixture.InvitationAsync(guest));
    }

    async Task<string> MailedAsync(TestPortal portal, PortalVisitor owner, string page)
    {
        (await owner.PostAsync($"{page}/members", ("email", "guest3@example.org"), ("role", "member"))).Location.ShouldBe(page);
        await portal.RunJobsAsync();
        return PathIn(fixture.Mail.LastTo("guest3@example.org").Text);
    }

    static string PathIn(string text)
    {
        var start = text.IndexOf("/invitations/", StringComparison.Ordinal);
        return new string([.. text[start..].TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c is '/')]);
    }
}
