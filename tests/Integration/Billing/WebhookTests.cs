using System.Net;
using System.Text.Json.Nodes;
using Postern.Billing.News;
using Postern.Tests.Support.Stripe;

namespace Postern.Tests.Integration.Billing;

public sealed class WebhookTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task However_often_it_is_delivered_there_is_one_key(int times)
    {
        await using var portal = await StripePortal.StartAsync();
        var (order, session) = await portal.OrderAsync();
        portal.Stripe.Complete(session);
        var news = portal.Take();
        for (var i = 0; i < times; i++)
        {
            foreach (var one in news)
                (await portal.DeliverAsync(one)).ShouldBe(HttpStatusCode.OK);
            if (i % 2 == 0)
                await portal.Host.RunJobsAsync();
        }
        await portal.Host.RunJobsAsync();

        (await portal.Host.KeysAsync(order.Id)).ShouldHaveSingleItem().ShouldStartWith("1 Initial 10/0 ");
        (await portal.Host.LinesAsync("SELECT count(*) FROM billing_event")).ShouldBe([$"{news.Count}"]);
        (await portal.Host.LinesAsync("SELECT id FROM billing_event WHERE processed_at IS NULL AND subject_kind <> 'none'")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Never_delivered_it_is_found_within_the_hour()
    {
        await using var portal = await StripePortal.StartAsync();
        var (order, session) = await portal.OrderAsync();
        portal.Stripe.Complete(session);
        portal.Take();

        await portal.Host.RunAsync<Reconcile>();
        await portal.Host.RunAsync<Reconcile>();
        (await portal.Host.KeysAsync(order.Id)).Count.ShouldBe(1);

        portal.Host.Clock.Advance(TimeSpan.FromDays(366));
        portal.Stripe.Books.Renew();
        await portal.Host.RunAsync<Reconcile>();
        (await portal.Host.KeysAsync(order.Id)).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task In_whatever_order_and_however_late_news_comes_the_state_is_right(int seed)
    {
        await using var portal = await StripePortal.StartAsync();
        var (order, session) = await portal.OrderAsync();
        portal.Stripe.Complete(session);
        var news = portal.Take().ToList();
        portal.Host.Clock.Advance(TimeSpan.FromDays(366));
        portal.Stripe.Books.Renew();
        news.AddRange(portal.Take());
        portal.Stripe.Books.SetStatus(portal.Stripe.Books.Of("subscription").First(), "canceled");
        news.AddRange(portal.Take());

        foreach (var one in Shuffled(news, seed))
        {
            await portal.DeliverAsync(one);
            if (one["id"]!.ToString()[^1] % 2 == seed % 2)
                await portal.Host.RunJobsAsync();
        }
        await portal.Host.RunJobsAsync();

        // By the time anything was fetched it was over: nothing may bring it back to life, and nothing was owed for it.
        (await portal.Host.LinesAsync("SELECT status FROM billing_subscription")).ShouldBe(["canceled"]);
        (await portal.Host.KeysAsync(order.Id)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    public async Task News_of_the_past_that_comes_after_a_renewal_changes_nothing(int seed)
    {
        await using var portal = await StripePortal.StartAsync();
        var (order, session) = await portal.OrderAsync();
        portal.Stripe.Complete(session);
        var old = portal.Take();
        portal.Host.Clock.Advance(TimeSpan.FromDays(366));
        portal.Stripe.Books.Renew();
        await portal.DeliverAllAsync();
        var until = portal.Host.Clock.GetUtcNow().AddDays(-366).AddYears(2);

        foreach (var one in Shuffled(old, seed))
            await portal.DeliverAsync(one);
        await portal.Host.RunJobsAsync();

        (await portal.Host.KeysAsync(order.Id)).ShouldBe([$"1 Initial 10/0 {until:yyyy-MM-dd}"]);
    }

    [Fact]
    public async Task A_portal_in_trouble_loses_nothing()
    {
        await using var portal = await StripePortal.StartAsync();
        var (order, session) = await portal.OrderAsync();
        portal.Stripe.Complete(session);
        portal.Host.PortalFails(fails: true);
        await portal.DeliverAllAsync();
        (await portal.Host.KeysAsync(order.Id)).ShouldBeEmpty();
        (await portal.Host.LinesAsync("SELECT revision FROM billing_entitlement")).ShouldBeEmpty("what was not issued was not granted");
        portal.Host.Errors.Claim().ShouldNotBeEmpty();

        portal.Host.PortalFails(fails: false);
        portal.Host.Clock.Advance(TimeSpan.FromMinutes(1));
        await portal.Host.RunJobsAsync();

        (await portal.Host.KeysAsync(order.Id)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Stripe_out_of_reach_loses_nothing()
    {
        await using var portal = await StripePortal.StartAsync();
        var (order, session) = await portal.OrderAsync();
        portal.Stripe.Complete(session);
        for (var i = 0; i < 60; i++)
            portal.Stripe.FailNext(503);
        await portal.DeliverAllAsync();
        (await portal.Host.KeysAsync(order.Id)).ShouldBeEmpty();
        portal.Host.Errors.Claim().ShouldNotBeEmpty();

        for (var i = 0; i < 8; i++)
        {
            portal.Host.Clock.Advance(TimeSpan.FromHours(1));
            await portal.Host.RunJobsAsync();
        }

        portal.Host.Errors.Claim();
        (await portal.Host.KeysAsync(order.Id)).Count.ShouldBe(1);
    }

    [Trait("Fault", "F15")]
    [Fact]
    public async Task Forged_old_and_foreign_deliveries_are_refused_and_leave_nothing()
    {
        await using var portal = await StripePortal.StartAsync();
        var (_, session) = await portal.OrderAsync();
        portal.Stripe.Complete(session);
        var news = portal.Take()[^1];
        var (body, signature) = portal.Stripe.Sign(news);
        var now = portal.Stripe.Books.Now;
        var live = news.DeepClone().AsObject();
        live["livemode"] = true;

        (await portal.PostAsync(body, "")).ShouldBe(HttpStatusCode.BadRequest);
        (await portal.PostAsync(body, portal.Stripe.Sign(news, secret: "whsec_of_somebody").Signature)).ShouldBe(HttpStatusCode.BadRequest);
        (await portal.PostAsync(body, portal.Stripe.Sign(news, at: now - 301).Signature)).ShouldBe(HttpStatusCode.BadRequest);
        (await portal.PostAsync([.. body, (byte)' '], signature)).ShouldBe(HttpStatusCode.BadRequest);
        var (liveBody, liveSignature) = portal.Stripe.Sign(live);
        (await portal.PostAsync(liveBody, liveSignature)).ShouldBe(HttpStatusCode.BadRequest);
        foreach (var text in new[] { "", "[]", "{}", "nothing", """{"id":"evt_1","livemode":false}""" })
            (await SignedAsync(portal, text)).ShouldBe(HttpStatusCode.BadRequest, text);
        (await portal.PostAsync(body, signature, "sandbox")).ShouldBe(HttpStatusCode.NotFound);
        (await portal.PostAsync(body, signature, "manual")).ShouldBe(HttpStatusCode.BadRequest);
        (await portal.PostAsync(new byte[300_000], signature)).ShouldBe(HttpStatusCode.RequestEntityTooLarge);

        (await portal.Host.LinesAsync("SELECT id FROM billing_event")).ShouldBeEmpty();
    }

    [Fact]
    public async Task News_of_what_is_not_ours_is_taken_and_leads_to_nothing()
    {
        await using var portal = await StripePortal.StartAsync();
        foreach (var (type, about) in new[]
                 {
                     ("customer.subscription.created", """{"id":"sub_of_another_shop","object":"subscription"}"""), ("checkout.session.completed", """{"id":"cs_other","mode":"subscription"}"""),
                     ("product.created", """{"id":"prod_1"}"""), ("invoice.paid", """{"id":"in_1","parent":null}"""), ("charge.refunded", """{"id":"ch_1","customer":null}"""),
                     ("charge.dispute.created", """{"id":"dp_1","charge":"ch_unknown"}"""),
                 })
            (await SignedAsync(portal, $$$"""{"id":"evt_{{{type}}}","type":"{{{type}}}","created":1,"livemode":false,"data":{"object":{{{about}}} }}""")).ShouldBe(HttpStatusCode.OK, type);
        await portal.Host.RunJobsAsync();

        (await portal.Host.LinesAsync("SELECT kind FROM job WHERE kind = 'billing_news'")).ShouldBeEmpty();
        (await portal.Host.LinesAsync("SELECT id FROM billing_event")).Count.ShouldBe(6);
    }

    static Task<HttpStatusCode> SignedAsync(StripePortal portal, string text)
    {
        var body = System.Text.Encoding.UTF8.GetBytes(text);
        return portal.PostAsync(body, FakeStripe.Signature(body, FakeStripe.WebhookSecret, portal.Stripe.Books.Now));
    }

    // The same for the same seed: a failure can be played again.
    static IEnumerable<JsonObject> Shuffled(IReadOnlyList<JsonObject> news, int seed) =>
        news.OrderBy(n => System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{seed}{n["id"]}"))[0]);
}
