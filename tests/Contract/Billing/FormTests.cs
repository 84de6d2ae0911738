using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Postern.Tests.Support.Servers;
using Postern.Tests.Support.Stripe;

namespace Postern.Tests.Contract.Billing;

/// <summary>The fake refuses what no client of Stripe's may send: broken forms, and bodies that are none.</summary>
public sealed class FormTests : IAsyncLifetime
{
    FakeStripe stripe = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => stripe = await FakeStripe.StartAsync(TestClock.Now());

    public ValueTask DisposeAsync() => stripe.DisposeAsync();

    [Theory]
    [InlineData("name=A&name=B")]
    [InlineData("address=Dublin&address[city]=Dublin")]
    [InlineData("address[city]=Dublin&address=Dublin")]
    [InlineData("[name]=A")]
    [InlineData("address[city=Dublin")]
    [InlineData("name")]
    [InlineData("name=%ZZ")]
    [InlineData("name=%4")]
    [InlineData("name=%FF")]
    [InlineData("preferred_locales[0]=en&preferred_locales[2]=de")]
    [InlineData("{\"name\": \"A\"}")]
    public async Task Broken_forms_are_refused(string form) => await RefusedAsync(new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"));

    [Fact]
    public async Task Another_kind_of_body_is_refused() => await RefusedAsync(new StringContent("""{"name": "A"}""", Encoding.UTF8, "application/json"));

    async Task RefusedAsync(HttpContent body)
    {
        using var client = new HttpClient { BaseAddress = stripe.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", FakeStripe.Key);
        client.DefaultRequestHeaders.Add("Stripe-Version", "2026-07-29.dahlia");
        client.DefaultRequestHeaders.Add("Idempotency-Key", "once");
        using var answer = await client.PostAsync(new Uri("/v1/customers", UriKind.Relative), body, Cancellation);
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, text);
        JsonNode.Parse(text)!["error"]!["type"]!.ToString().ShouldBe("invalid_request_error");
        stripe.Books.Of("customer").ShouldBeEmpty();
        body.Dispose();
    }
}
