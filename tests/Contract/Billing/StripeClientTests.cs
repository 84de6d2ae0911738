using System.Text;
using System.Text.Json.Nodes;
using Postern.Billing;
using Postern.Billing.Stripe;
using Postern.Kernel.Values;
using Postern.Tests.Contract.Oidc;
using Postern.Tests.Support.Billing;
using Postern.Tests.Support.Servers;
using Postern.Tests.Support.Stripe;

namespace Postern.Tests.Contract.Billing;

/// <summary>Stripe's own package for Node is the second client of the fake Stripe, and the maker of signatures.</summary>
public sealed class StripeClientTests
{
    [Fact]
    public async Task Stripes_own_client_finds_the_fake_to_be_stripe()
    {
        await using var stripe = await FakeStripe.StartAsync(TestClock.Now());
        await using var buyer = await HttpStub.StartAsync(request =>
        {
            stripe.Complete(request.Path.Trim('/'));
            return "{}";
        });
        stripe.Books.Tell("product.created", new JsonObject { ["id"] = "prod_1", ["name"] = "Zoë" });
        await Judge.RunAsync("stripe", new JsonObject
        {
            ["address"] = stripe.Address.ToString(),
            ["key"] = FakeStripe.Key,
            ["complete"] = buyer.Address.ToString(),
            ["secret"] = FakeStripe.WebhookSecret,
            ["deliveries"] = new JsonArray([.. stripe.Books.Events.Select(news =>
            {
                var (body, signature) = stripe.Sign(news);
                return (JsonNode)new JsonObject { ["body"] = Encoding.UTF8.GetString(body), ["signature"] = signature, ["at"] = stripe.Books.Now };
            })]),
        });
    }

    [Fact]
    public async Task The_portal_takes_what_stripes_own_package_signs_and_nothing_else()
    {
        var clock = TestClock.Now();
        var settings = new StripeSettings { ApiKey = new Secret(FakeStripe.Key), WebhookSecrets = [new Secret("whsec_old"), new Secret("whsec_of_this_test")], BaseAddress = new("http://127.0.0.1:1") };
        await using var portal = await BillingHost.StartAsync(clock, services => services.AddStripePayments(settings));
        await Judge.RunAsync("stripe-signature", new JsonObject
        {
            ["webhook"] = new Uri(portal.Address, "/webhooks/stripe").ToString(),
            ["secret"] = "whsec_of_this_test",
            ["timestamp"] = clock.GetUtcNow().ToUnixTimeSeconds(),
            ["events"] = new JsonArray(
                """{"id":"evt_1","type":"product.created","created":1700000000,"livemode":false,"data":{"object":{"id":"prod_1","name":"Zoë 日本"}}}""",
                "{\n  \"id\": \"evt_2\", \"type\": \"a.b\",\r\n \"created\": 1, \"livemode\": false, \"data\": {\"object\": {}} }"),
        });
        (await portal.LinesAsync("SELECT id FROM billing_event ORDER BY id")).ShouldBe(["evt_1", "evt_2"]);
    }
}
