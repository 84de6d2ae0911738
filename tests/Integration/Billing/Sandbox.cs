using System.Net;
using Postern.Billing;
using Postern.Billing.Orders;
using Postern.Tests.Support.Billing;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Billing;

/// <summary>A portal with test payments, and a customer who fills in its checkout pages.</summary>
static class Sandbox
{
    public const string Back = "https://portal.example/organizations";

    public static readonly Guid Organization = Guid.Parse("11111111-1111-4111-8111-111111111111");

    public static Task<BillingHost> StartAsync() => BillingHost.StartAsync(TestClock.Now(), static services => services.AddSandboxPayments());

    public static Dictionary<string, string> Form(string card = "4242 4242 4242 4242", int internalUsers = 10, int externalUsers = 0) => new(StringComparer.Ordinal)
    {
        ["internal_users"] = internalUsers.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["external_users"] = externalUsers.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["name"] = "Żółć & Söhne",
        ["email"] = "billing@example.com",
        ["line1"] = "1 Main Street",
        ["postal_code"] = "D01",
        ["city"] = "Dublin",
        ["country"] = "ie",
        ["card_number"] = card,
        ["card_expiry"] = "12/49",
        ["card_code"] = "123",
        ["action"] = "pay",
    };

    public static async Task<(HttpStatusCode Status, string Page, string? Location)> PostAsync(this BillingHost host, string address, Dictionary<string, string> form)
    {
        using var browser = host.Browser();
        using var content = new FormUrlEncodedContent(form);
        using var answer = await browser.PostAsync(address, content);
        return (answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), answer.Headers.Location?.ToString());
    }

    /// <summary>An order that was paid by card and whose key was issued.</summary>
    public static async Task<Order> PaidOrderAsync(this BillingHost host, string card = "4242424242424242", int internalUsers = 10)
    {
        var order = await host.OrderAsync(Organization, "sandbox", internalUsers);
        var (status, page, location) = await host.PostAsync($"/checkout/{await host.CheckoutAsync(order)}", Form(card, internalUsers));
        status.ShouldBe(HttpStatusCode.Redirect, page);
        location.ShouldBe(Back);
        await host.RunJobsAsync();
        return order;
    }
}
