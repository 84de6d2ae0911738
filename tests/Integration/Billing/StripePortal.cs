using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Postern.Billing;
using Postern.Billing.Orders;
using Postern.Billing.Stripe;
using Postern.Kernel.Values;
using Postern.Tests.Support.Billing;
using Postern.Tests.Support.Servers;
using Postern.Tests.Support.Stripe;

namespace Postern.Tests.Integration.Billing;

/// <summary>A portal that takes cards by Stripe, and the fake Stripe that it talks to.</summary>
sealed class StripePortal : IAsyncDisposable
{
    public static readonly Guid Organization = Guid.Parse("22222222-2222-4222-8222-222222222222");

    StripePortal(FakeStripe stripe, BillingHost host) => (Stripe, Host) = (stripe, host);

    public FakeStripe Stripe { get; }

    public BillingHost Host { get; }

    public static async Task<StripePortal> StartAsync()
    {
        var clock = TestClock.Now();
        var stripe = await FakeStripe.StartAsync(clock);
        var host = await BillingHost.StartAsync(clock, services => services.AddStripePayments(new StripeSettings
        {
            ApiKey = new Secret(FakeStripe.Key),
            WebhookSecrets = [new Secret(FakeStripe.WebhookSecret)],
            BaseAddress = stripe.Address,
            RetryDelay = TimeSpan.FromMilliseconds(1),
        }));
        await host.Database.ExecuteAsync("UPDATE billing_price SET stripe_price = 'price_' || seat WHERE currency = 'USD'");
        return new(stripe, host);
    }

    /// <summary>An order at its checkout; nothing was delivered yet.</summary>
    public async Task<(Order Order, string Session)> OrderAsync(int internalUsers = 10, int externalUsers = 0)
    {
        var order = await Host.OrderAsync(Organization, "stripe", internalUsers, externalUsers);
        return (order, await Host.CheckoutAsync(order));
    }

    /// <summary>An order that was paid and whose key was issued.</summary>
    public async Task<Order> PaidOrderAsync(int internalUsers = 10, int externalUsers = 0)
    {
        var (order, session) = await OrderAsync(internalUsers, externalUsers);
        Stripe.Complete(session);
        await DeliverAllAsync();
        return order;
    }

    public string SubscriptionId => (string)Stripe.Books.Of("subscription").First()["id"]!;

    /// <summary>Delivers everything that was not yet, in order, and lets the portal work on it.</summary>
    public async Task DeliverAllAsync()
    {
        foreach (var news in Take())
            (await DeliverAsync(news)).ShouldBe(HttpStatusCode.OK);
        await Host.RunJobsAsync();
    }

    /// <summary>What happened since it was last asked.</summary>
    public IReadOnlyList<JsonObject> Take()
    {
        List<JsonObject> taken = [.. Stripe.Books.Events.Skip(delivered)];
        delivered = Stripe.Books.Events.Count;
        return taken;
    }

    public Task<HttpStatusCode> DeliverAsync(JsonObject news)
    {
        var (body, signature) = Stripe.Sign(news);
        return PostAsync(body, signature);
    }

    public async Task<HttpStatusCode> PostAsync(byte[] body, string signature, string provider = "stripe")
    {
        using var browser = Host.Browser();
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/webhooks/{provider}") { Content = content };
        request.Headers.TryAddWithoutValidation("Stripe-Signature", signature);
        using var answer = await browser.SendAsync(request);
        return answer.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Stripe.DisposeAsync();
    }

    int delivered;
}
