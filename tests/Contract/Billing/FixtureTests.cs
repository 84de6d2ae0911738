using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Postern.Tests.Support.Servers;
using Postern.Tests.Support.Stripe;

namespace Postern.Tests.Contract.Billing;

/// <summary>The fake answers fields that Stripe's resources have, with values of the same kinds.</summary>
public sealed class FixtureTests
{
    /// <summary>Stripe's published example resources, where somebody has put them; else the names and kinds of those fields that matter here.</summary>
    static JsonObject Published([CallerFilePath] string file = "")
    {
        var path = Environment.GetEnvironmentVariable("STRIPE_FIXTURES") is { Length: > 0 } given ? given : Path.Combine(Path.GetDirectoryName(file)!, "stripe-fields.json");
        var all = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        return (all["resources"] ?? all).AsObject();
    }

    /// <summary>Optional fields that the example happens to be without; Stripe's own client knows them.</summary>
    static readonly string[] Unshown = ["invoice_payment.payment.payment_intent"];

    [Fact]
    public async Task Fields_and_kinds_are_stripes()
    {
        var clock = TestClock.Now();
        await using var stripe = await FakeStripe.StartAsync(clock);
        using var client = new HttpClient { BaseAddress = stripe.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", FakeStripe.Key);
        client.DefaultRequestHeaders.Add("Stripe-Version", "2026-07-29.dahlia");
        var customer = await PostAsync(client, "/v1/customers", "name=A");
        await PostAsync(client, $"/v1/customers/{customer["id"]}/tax_ids", "type=eu_vat&value=IE1234567AB");
        var session = await PostAsync(client, "/v1/checkout/sessions", $"mode=subscription&customer={customer["id"]}&line_items[0][price]=price_internal&line_items[0][quantity]=3");
        await PostAsync(client, "/v1/billing_portal/sessions", $"customer={customer["id"]}");
        stripe.Complete((string)session["id"]!);
        var intent = (string)stripe.Books.Of("payment_intent").First()["id"]!;
        await PostAsync(client, "/v1/refunds", $"payment_intent={intent}");
        clock.Advance(TimeSpan.FromDays(366));
        stripe.Books.Renew();

        var published = Published();
        var wrong = new List<string>();
        foreach (var kind in new[] { "customer", "price", "tax_id", "checkout.session", "billing_portal.session", "subscription", "invoice", "invoice_payment", "payment_intent", "payment_method", "charge", "refund" })
            Compare(stripe.Books.Of(kind).First(), published[kind]!, kind, wrong);
        Compare(stripe.Books.Events[0], published["event"]!, "event", wrong);
        wrong.ShouldBeEmpty();
    }

    // Where the example has nothing, anything may stand; texts that name objects may stand for the objects.
    static void Compare(JsonNode ours, JsonNode theirs, string path, List<string> wrong)
    {
        if (ours is JsonObject one && theirs is JsonObject example)
        {
            foreach (var (name, value) in one)
            {
                if (!example.ContainsKey(name) && Unshown.Contains($"{path}.{name}", StringComparer.Ordinal))
                    continue;
                if (!example.ContainsKey(name))
                    wrong.Add($"{path}.{name} is no field of Stripe's");
                else if (value is not null && example[name] is { } known && name is not ("metadata" or "object") && !(path == "event" && name == "data"))
                    Compare(value, known, $"{path}.{name}", wrong);
            }
        }
        else if (ours is JsonArray list && theirs is JsonArray examples)
        {
            if (list.Count > 0 && examples.Count > 0)
                Compare(list[0]!, examples[0]!, $"{path}[]", wrong);
        }
        else if (ours.GetValueKind() != theirs.GetValueKind() && !(IsFlag(ours) && IsFlag(theirs)))
        {
            wrong.Add($"{path} is {ours.GetValueKind()}, Stripe's is {theirs.GetValueKind()}");
        }
    }

    static bool IsFlag(JsonNode node) => node.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False;

    static async Task<JsonObject> PostAsync(HttpClient client, string path, string form)
    {
        using var content = new StringContent(form, System.Text.Encoding.UTF8, "application/x-www-form-urlencoded");
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonNode.Parse(text)!.AsObject();
    }
}
