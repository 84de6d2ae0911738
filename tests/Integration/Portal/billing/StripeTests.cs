using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Postern.Licensing;
using Postern.Tests.Support.Portals;
using Postern.Tests.Support.Servers;
using Postern.Tests.Support.Stripe;

namespace Postern.Tests.Integration.Portal.billing;

/// <summary>The whole portal with Stripe taking the cards, from its settings to the key.</summary>
public sealed partial class StripeTests : IAsyncLifetime
{
    static readonly Guid Install = Guid.Parse("11111111-2222-4333-8444-555555555555");

    readonly TestClock clock = TestClock.Now();
    FakeStripe stripe = null!;
    TestPortal portal = null!;
    PortalVisitor owner = null!;
    string page = "";
    int delivered;

    public async ValueTask InitializeAsync()
    {
        stripe = await FakeStripe.StartAsync(clock);
        portal = await TestPortal.StartAsync(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["PORTAL_STRIPE__SECRET_KEY"] = FakeStripe.Key,
                ["PORTAL_STRIPE__WEBHOOK_SECRET"] = FakeStripe.WebhookSecret,
                ["PORTAL_STRIPE__ADDRESS"] = stripe.Address.ToString(),
                ["PORTAL_BASE_URL"] = "https://customers.example.org",
            },
            clock);
        owner = await portal.VisitorAsync("owner@example.org");
        page = await owner.CreateOrganizationAsync("Analytical Engines");
        await portal.Database.ExecuteAsync("UPDATE billing_price SET stripe_price = 'price_' || seat WHERE currency = 'USD'");
    }

    public async ValueTask DisposeAsync()
    {
        owner.Dispose();
        await portal.DisposeAsync();
        await stripe.DisposeAsync();
    }

    [Fact]
    public async Task A_license_is_bought_changed_and_given_back()
    {
        var license = await BuyAsync();
        (await KeyAsync(license)).InternalUsers.ShouldBe(10);

        // More users, at the price that was shown.
        clock.Advance(TimeSpan.FromDays(100));
        owner = await portal.VisitorAsync("owner@example.org");
        var preview = await owner.PostAsync($"{license}/users", ("internal_users", "14"), ("external_users", "20"));
        var at = At().Match(preview.Text).Groups["at"].Value;
        (await owner.PostAsync($"{license}/users/apply", ("internal_users", "14"), ("external_users", "20"), ("at", at))).Location.ShouldBe(license);
        await DeliverAsync();
        var invoice = stripe.Books.Of("invoice").First();
        preview.Text.ShouldContain($"{((long)invoice["amount_paid"]! / 100m).ToString("0.00", System.Globalization.CultureInfo.InvariantCulture)} USD");
        ((await KeyAsync(license)).InternalUsers, (await KeyAsync(license)).Revision).ShouldBe((14, 2));

        // Invoices and cards are Stripe's; the customer may look after them there.
        var billing = (await owner.GetAsync($"{page}/billing")).Text;
        billing.ShouldContain("visa ending in 4242");
        billing.ShouldContain((string)invoice["number"]!);
        (await owner.GetAsync($"{page}/billing/invoices/stripe/{invoice["id"]}")).Location.ShouldNotBeNull().ShouldStartWith("https://invoice.stripe.example/");
        (await owner.PostAsync($"{page}/billing/portal")).Location.ShouldNotBeNull().ShouldStartWith("https://billing.stripe.example/");
        stripe.Books.Of("billing_portal.session").First()["return_url"]!.ToString().ShouldBe($"https://customers.example.org{page}/billing");
        (await owner.PostAsync($"{page}/billing/methods")).Location.ShouldNotBeNull().ShouldStartWith("https://checkout.stripe.example/");

        // The vendor gives the money of the period back, and the licence ends with it.
        using var staff = await portal.VisitorAsync("staff@example.org", isSupport: true);
        var first = stripe.Books.Of("invoice").Last();
        var desk = $"/admin/organizations/{page.Split('/')[^1]}";
        (await staff.PostAsync($"{desk}/invoices/stripe/{first["id"]}/refund")).Location.ShouldBe(desk);
        await DeliverAsync();
        (await owner.PostAsync($"{license}/key")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Renewed_or_not_the_license_follows_stripe()
    {
        var license = await BuyAsync();
        (await owner.PostAsync($"{license}/cancel")).Location.ShouldBe(license);
        (await owner.PostAsync($"{license}/resume")).Location.ShouldBe(license);
        clock.Advance(TimeSpan.FromDays(366));
        stripe.Books.Renew();
        await DeliverAsync();

        owner = await portal.VisitorAsync("owner@example.org");
        (await KeyAsync(license)).Revision.ShouldBe(2);
    }

    [Fact]
    public async Task Forged_news_brings_no_license_and_the_sandbox_is_shut()
    {
        await OrderAsync("stripe");
        stripe.Complete((string)stripe.Books.Of("checkout.session").First()["id"]!);
        foreach (var news in stripe.Books.Events)
            (await PostAsync(stripe.Sign(news, secret: "whsec_of_somebody"))).ShouldBe(HttpStatusCode.BadRequest);
        await portal.RunJobsAsync();
        (await portal.Database.ScalarAsync<long>("SELECT count(*) FROM license")).ShouldBe(0);

        (await OrderAsync("sandbox")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await owner.GetAsync($"{page}/purchase")).Text.ShouldNotContain("sandbox");
    }

    [Fact]
    public async Task A_plan_without_a_price_at_stripe_is_not_sold_by_card()
    {
        await portal.Database.ExecuteAsync("UPDATE billing_price SET stripe_price = ''");
        var refused = await OrderAsync("stripe");
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Text.ShouldContain("This plan cannot be paid by card yet.");
        using var staff = await portal.VisitorAsync("staff@example.org", isSupport: true);
        (await staff.GetAsync("/admin/catalog/prices")).Text.ShouldContain("Prices without an ID at Stripe are not sold by card.");
    }

    Task<PortalAnswer> OrderAsync(string provider) => owner.PostAsync(
        $"{page}/purchase",
        ("plan_code", "enterprise"), ("currency", "USD"), ("provider", provider), ("nickname", "Production"), ("install_id", Install.ToString()), ("internal_users", "10"), ("external_users", "20"));

    async Task<string> BuyAsync()
    {
        var checkout = (await OrderAsync("stripe")).Location.ShouldNotBeNull();
        checkout.ShouldStartWith("https://checkout.stripe.example/");
        var session = checkout.Split('/')[^1];
        stripe.Complete(session);
        var back = new Uri((string)stripe.Books.Get(session)["success_url"]!);
        back.Host.ShouldBe("customers.example.org");
        (await owner.GetAsync(back.AbsolutePath)).Location.ShouldBe("/organizations");
        await DeliverAsync();
        return License().Match((await owner.GetAsync(page)).Text).Value;
    }

    async Task<LicenseDocument> KeyAsync(string license) =>
        new LicenseVerifier(TrustedRoots.All).Verify(Buying.KeyIn((await owner.PostAsync($"{license}/key")).Text), Install).Value;

    /// <summary>Delivers what Stripe has told since the last time, twice each.</summary>
    async Task DeliverAsync()
    {
        foreach (var news in stripe.Books.Events.Skip(delivered).SelectMany(n => new[] { n, n }).ToList())
            (await PostAsync(stripe.Sign(news))).ShouldBe(HttpStatusCode.OK);
        delivered = stripe.Books.Events.Count;
        while (await portal.RunJobsAsync() > 0)
        {
        }
    }

    async Task<HttpStatusCode> PostAsync((byte[] Body, string Signature) delivery)
    {
        using var client = new HttpClient { BaseAddress = portal.Address };
        using var content = new ByteArrayContent(delivery.Body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/webhooks/stripe", UriKind.Relative)) { Content = content };
        request.Headers.TryAddWithoutValidation("Stripe-Signature", delivery.Signature);
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    [GeneratedRegex("/organizations/[0-9a-f-]{36}/licenses/[0-9a-f-]{36}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex License();

    [GeneratedRegex("name=\"at\" value=\"(?<at>[^\"]+)\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex At();
}
