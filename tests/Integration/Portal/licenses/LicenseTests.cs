using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Postern.Licensing;
using Postern.Tests.Support.Portals;

namespace Postern.Tests.Integration.Portal.licenses;

/// <summary>What happens to a license after it was bought.</summary>
public sealed class LicenseTests : IAsyncLifetime
{
    static readonly Guid Install = Guid.Parse("11111111-2222-4333-8444-555555555555");

    readonly PortalFixture fixture = new();
    PortalVisitor owner = null!;
    string page = "";
    string license = "";

    public async ValueTask InitializeAsync()
    {
        await fixture.InitializeAsync();
        owner = await fixture.Portal.VisitorAsync("owner@example.org");
        page = await owner.CreateOrganizationAsync("Example");
        license = await Buying.BuyAsync(owner, page, Install, "Production");
    }

    [Fact]
    public async Task A_key_issued_anew_revokes_the_one_before()
    {
        var before = Buying.KeyIn((await owner.PostAsync($"{license}/key")).Text);

        (await owner.PostAsync($"{license}/reissue")).Location.ShouldBe(license);

        var after = Buying.KeyIn((await owner.PostAsync($"{license}/key")).Text);
        after.ShouldNotBe(before);
        var (first, second) = (Read(before, Install), Read(after, Install));
        second.Id.ShouldBe(first.Id);
        (first.Revision, second.Revision).ShouldBe((1, 2));
        (await owner.GetAsync(license)).Text.ShouldContain("Revoked");
    }

    [Fact]
    public async Task A_license_moves_to_another_installation_a_few_times_a_year()
    {
        var other = Guid.NewGuid();
        (await owner.PostAsync($"{license}/move", ("install_id", "nonsense"))).Text.ShouldContain("An Install ID looks like");
        (await owner.PostAsync($"{license}/move", ("install_id", Install.ToString()))).Text.ShouldContain("for this installation already");

        (await owner.PostAsync($"{license}/move", ("install_id", other.ToString()))).Location.ShouldBe(license);

        Read(Buying.KeyIn((await owner.PostAsync($"{license}/key")).Text), other).InternalUsers.ShouldBe(10);
        await owner.PostAsync($"{license}/move", ("install_id", Guid.NewGuid().ToString()));
        await owner.PostAsync($"{license}/move", ("install_id", Guid.NewGuid().ToString()));
        (await owner.PostAsync($"{license}/move", ("install_id", Guid.NewGuid().ToString()))).Text.ShouldContain("Please open a support ticket.");
    }

    [Fact]
    public async Task Names_change_and_files_are_downloaded()
    {
        (await owner.PostAsync($"{license}/rename", ("nickname", new string('x', 101)))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await owner.PostAsync($"{license}/rename", ("nickname", "Headquarters"))).Location.ShouldBe(license);

        (await owner.GetAsync(page)).Text.ShouldContain("Headquarters");
        Read((await owner.PostAsync($"{license}/download")).Text.Trim(), Install).Name.ShouldBe("Production");
        (await owner.GetAsync($"{page}/audit")).Text.ShouldContain("downloaded");
    }

    [Fact]
    public async Task Cancelling_keeps_the_license_and_can_be_taken_back()
    {
        (await owner.PostAsync($"{license}/cancel")).Location.ShouldBe(license);
        var cancelled = await owner.GetAsync(license);
        cancelled.Text.ShouldContain("is not renewed");
        cancelled.Text.ShouldContain("Active");

        (await owner.PostAsync($"{license}/resume")).Location.ShouldBe(license);
        (await owner.GetAsync(license)).Text.ShouldContain("renewed by itself on");
    }

    [Fact]
    public async Task More_users_cost_what_the_preview_said_and_bring_a_new_key()
    {
        var preview = await owner.PostAsync($"{license}/users", ("internal_users", "15"), ("external_users", "20"));
        preview.Text.ShouldContain("Charged now");
        var at = preview.Text[(preview.Text.IndexOf("name=\"at\" value=\"", StringComparison.Ordinal) + 17)..];

        (await owner.PostAsync($"{license}/users/apply", ("internal_users", "15"), ("external_users", "20"), ("at", at[..at.IndexOf('"', StringComparison.Ordinal)]))).Location.ShouldBe(license);

        await fixture.Portal.RunJobsAsync();
        var key = Read(Buying.KeyIn((await owner.PostAsync($"{license}/key")).Text), Install);
        (key.InternalUsers, key.ExternalUsers, key.Revision).ShouldBe((15L, 20L, 2));
        (await owner.PostAsync($"{license}/users", ("internal_users", "many"), ("external_users", "20"))).Text.ShouldContain("Enter a whole number.");
        (await owner.PostAsync($"{license}/users/apply", ("internal_users", "16"), ("external_users", "20"), ("at", "yesterday"))).Text.ShouldContain("too old");
    }

    [Fact]
    public async Task Reminders_come_before_the_end_once_each()
    {
        await fixture.Portal.RunJobsAsync();
        await owner.PostAsync($"{license}/cancel");
        await fixture.Portal.RunJobsAsync();
        var before = fixture.Mail.Mails.Count;

        fixture.Portal.Clock.Advance(TimeSpan.FromDays(365 - 29));
        await RemindAsync();
        await RemindAsync();
        var mails = fixture.Mail.Mails.Skip(before).Where(m => m.Subject.Contains("ends on", StringComparison.Ordinal)).ToList();
        mails.Select(m => m.To[0]).ShouldBe(["news@example.org", "owner@example.org"], ignoreOrder: true);

        fixture.Portal.Clock.Advance(TimeSpan.FromDays(30 + 42));
        await RemindAsync();
        fixture.Mail.Mails.Skip(before).Last(m => m.Subject.Contains("has expired", StringComparison.Ordinal)).Text.ShouldContain("read-only now");
    }

    [Fact]
    public async Task Nobody_is_reminded_for_an_organization_that_was_deleted()
    {
        await fixture.Portal.RunJobsAsync();
        await owner.PostAsync($"{license}/cancel");
        await fixture.Portal.RunJobsAsync();
        using var staff = await fixture.Portal.VisitorAsync("staff@example.org", isSupport: true);
        (await staff.PostAsync($"/admin/organizations/{page.Split('/')[^1]}/delete")).Location.ShouldBe("/admin");
        var before = fixture.Mail.Mails.Count;

        fixture.Portal.Clock.Advance(TimeSpan.FromDays(365 - 29));
        await RemindAsync();
        fixture.Portal.Clock.Advance(TimeSpan.FromDays(30));
        await RunAsync("billing_renew");
        await RemindAsync();

        (await fixture.Portal.Database.ScalarAsync<string>($"SELECT status FROM billing_subscription WHERE order_id = '{license.Split('/')[^1]}'")).ShouldBe("canceled");
        fixture.Mail.Mails.Skip(before).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_ended_is_bought_again_as_it_was()
    {
        await fixture.Portal.RunJobsAsync();
        await owner.PostAsync($"{license}/cancel");
        await fixture.Portal.RunJobsAsync();
        fixture.Portal.Clock.Advance(TimeSpan.FromDays(366));
        await RunAsync("billing_renew");
        using var later = await fixture.Portal.VisitorAsync("owner@example.org");
        var ended = (await later.GetAsync(license)).Text;
        var again = ended[ended.IndexOf($"{page}/purchase?", StringComparison.Ordinal)..];

        var form = (await later.GetAsync(again[..again.IndexOf('"', StringComparison.Ordinal)])).Text;

        form.ShouldContain(Install.ToString());
        form.ShouldContain("value=\"Production\"");
        form.ShouldContain("value=\"10\"");
        form.ShouldContain("value=\"20\"");
    }

    [Fact]
    public async Task Billing_shows_what_is_renewed_and_when()
    {
        var until = fixture.Portal.Clock.GetUtcNow().AddYears(1).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        (await owner.GetAsync($"{page}/billing")).Text.ShouldContain($"On {until}, by itself");

        await owner.PostAsync($"{license}/cancel");

        (await owner.GetAsync($"{page}/billing")).Text.ShouldContain($"Not renewed after {until}");
    }

    [Fact]
    public async Task A_renewal_that_could_not_be_paid_is_said_on_the_billing_page_until_it_is()
    {
        await AddCardAsync(owner, "4000000000000341");
        fixture.Portal.Clock.Advance(TimeSpan.FromDays(366));
        await RunAsync("billing_renew");
        using var later = await fixture.Portal.VisitorAsync("owner@example.org");
        (await later.GetAsync($"{page}/billing")).Text.ShouldContain("The renewal of Production could not be paid");
        (await later.GetAsync(license)).Text.ShouldContain("Payment failed; it is tried again");
        using var staff = await fixture.Portal.VisitorAsync("staff@example.org", isSupport: true);
        (await staff.GetAsync("/admin")).Text.ShouldContain("Renewals that could not be paid");

        await AddCardAsync(later, "4242424242424242");
        await fixture.Portal.RunJobsAsync();
        (await later.GetAsync($"{page}/billing")).Text.ShouldNotContain("could not be paid");
        (await staff.GetAsync("/admin")).Text.ShouldNotContain("Renewals that could not be paid");
    }

    [Fact]
    public async Task Invoices_are_listed_and_come_as_pdf()
    {
        var billing = await owner.GetAsync($"{page}/billing");

        billing.Text.ShouldContain("Paid");
        var link = billing.Text[billing.Text.IndexOf($"{page}/billing/invoices/", StringComparison.Ordinal)..];
        var pdf = await owner.GetAsync(link[..link.IndexOf('"', StringComparison.Ordinal)]);
        pdf.Text.ShouldStartWith("%PDF-");
        (await owner.PostAsync($"{page}/billing", ("name", "Example Ltd"), ("email", "a@example.org"), ("line1", "Street 1"), ("city", "Berlin"), ("postal_code", "10115"), ("country", "DE"), ("tax_id", "DE12")))
            .Text.ShouldContain("This is no VAT number of DE");
        (await owner.PostAsync($"{page}/billing", ("name", "Example Ltd"), ("email", "a@example.org"), ("line1", "Street 1"), ("city", "Berlin"), ("postal_code", "10115"), ("country", "DE"), ("tax_id", "DE123456789")))
            .Location.ShouldBe($"{page}/billing");
    }

    public async ValueTask DisposeAsync()
    {
        owner.Dispose();
        await fixture.DisposeAsync();
    }

    Task RemindAsync() => RunAsync("portal.remind");

    /// <summary>A job of the schedule, and what follows from it.</summary>
    async Task RunAsync(string kind)
    {
        await fixture.Portal.Services.GetRequiredService<Jobs.JobRunner>().PlantSchedulesAsync(CancellationToken.None);
        await fixture.Portal.Database.ExecuteAsync($"UPDATE job SET run_at = created_at WHERE kind = '{kind}'");
        await fixture.Portal.RunJobsAsync();
    }

    /// <summary>A further card, which renewals are charged to.</summary>
    async Task AddCardAsync(PortalVisitor visitor, string number)
    {
        var checkout = (await visitor.PostAsync($"{page}/billing/methods")).Location!;
        (await visitor.PostForgedAsync(checkout, ("action", "pay"), ("card_number", number), ("card_expiry", "12/40"), ("card_code", "123"))).Location.ShouldNotBeNull();
    }

    static LicenseDocument Read(string key, Guid install) => new LicenseVerifier(TrustedRoots.All).Verify(key, install).Value;
}
