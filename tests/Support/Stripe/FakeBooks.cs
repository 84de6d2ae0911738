using System.Globalization;
using System.Text.Json.Nodes;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Support.Stripe;

/// <summary>The state of the fake: customers, subscriptions, invoices, and what time does to them. It computes money in its own way, so that it can judge the portal's.</summary>
public sealed class FakeBooks(TestClock clock)
{
    readonly Dictionary<string, JsonObject> all = new(StringComparer.Ordinal);
    int count;

    /// <summary>Everything that happened, oldest first.</summary>
    public List<JsonObject> Events { get; } = [];

    public long Now => clock.GetUtcNow().ToUnixTimeSeconds();

    public string NewId(string prefix) => $"{prefix}_{(++count).ToString("D6", CultureInfo.InvariantCulture)}";

    public JsonObject Keep(JsonObject one) => all[(string)one["id"]!] = one;

    public void Forget(string id) => all.Remove(id);

    public JsonObject? Find(string? id) => id is null ? null : all.GetValueOrDefault(id);

    public JsonObject Get(string id) => all[id];

    /// <summary>Newest first, as lists are.</summary>
    public IEnumerable<JsonObject> Of(string kind) => all.Values.Where(o => (string)o["object"]! == kind).Reverse();

    public void Tell(string type, JsonObject about) => Events.Add(new JsonObject
    {
        ["id"] = NewId("evt"),
        ["object"] = "event",
        ["type"] = type,
        ["created"] = Now,
        ["livemode"] = false,
        ["api_version"] = "2026-07-29.dahlia",
        ["pending_webhooks"] = 1,
        ["data"] = new JsonObject { ["object"] = about.DeepClone() },
        ["request"] = new JsonObject { ["id"] = null, ["idempotency_key"] = null },
    });

    public static IEnumerable<JsonObject> Items(JsonObject subscription) => subscription["items"]!["data"]!.AsArray().Select(i => i!.AsObject());

    public JsonObject WriteInvoice(JsonObject subscription, string reason, JsonArray lines)
    {
        var id = NewId("in");
        var invoice = Keep(FakeObjects.Invoice(id, $"F-{count}", subscription, reason, lines, Now));
        subscription["latest_invoice"] = id;
        Tell("invoice.finalized", invoice);
        return invoice;
    }

    public JsonArray PeriodLines(JsonObject subscription) =>
        [.. Items(subscription).Select(i => (JsonNode)FakeObjects.Line(
            NewId("il"), "Period", (long)i["quantity"]! * (long)i["price"]!["unit_amount"]!, (string)i["price"]!["currency"]!, (long)i["quantity"]!,
            (long)i["current_period_start"]!, (long)i["current_period_end"]!, (string)subscription["id"]!, (string)i["id"]!, proration: false))];

    /// <summary>Two lines for each item that changes: what was paid for is credited, what is wanted is charged, each for the seconds that are left.</summary>
    public JsonArray ProrationLines(JsonObject subscription, IReadOnlyList<FakeItem> wanted, long at)
    {
        var lines = new JsonArray();
        var (start, end) = Period(subscription);
        foreach (var item in wanted)
        {
            var before = item.Existing is { } known ? (long)known["quantity"]! : 0;
            if (before == item.Quantity)
                continue;
            var unit = (long)item.Price["unit_amount"]!;
            long Share(long quantity) => (long)Math.Round(quantity * unit * (decimal)(end - at) / (end - start), MidpointRounding.AwayFromZero);
            foreach (var (quantity, sign, text) in new[] { (before, -1, "Unused time"), (item.Quantity, 1, "Remaining time") })
            {
                if (quantity > 0)
                    lines.Add(FakeObjects.Line(NewId("il"), text, sign * Share(quantity), (string)item.Price["currency"]!, quantity, at, end, (string)subscription["id"]!, (string?)item.Existing?["id"] ?? "", proration: true));
            }
        }
        return lines;
    }

    public static (long Start, long End) Period(JsonObject subscription) =>
        (Items(subscription).Max(i => (long)i["current_period_start"]!), Items(subscription).Max(i => (long)i["current_period_end"]!));

    /// <summary>Tries to take the money of an invoice; books what came of it, with its payment, intent and charge.</summary>
    public bool Collect(JsonObject invoice, string? methodId = null)
    {
        var customer = Get((string)invoice["customer"]!);
        var subscription = Get((string)invoice["parent"]!["subscription_details"]!["subscription"]!);
        var method = Find(methodId ?? (string?)subscription["default_payment_method"] ?? (string?)customer["invoice_settings"]!["default_payment_method"]);
        var isPaid = (long)invoice["amount_due"]! == 0 || (method is not null && (string)method["card"]!["last4"]! is "4242" or "3155");
        invoice["attempt_count"] = (int)invoice["attempt_count"]! + 1;
        Pay(invoice, isPaid);
        return isPaid;
    }

    public void Pay(JsonObject invoice, bool isPaid)
    {
        var intent = Of("invoice_payment").FirstOrDefault(p => (string)p["invoice"]! == (string)invoice["id"]!) is { } known ? Get((string)known["payment"]!["payment_intent"]!) : NewPayment(invoice);
        intent["last_payment_error"] = isPaid ? null : new JsonObject { ["type"] = "card_error", ["code"] = "card_declined", ["message"] = "Your card was declined." };
        intent["status"] = isPaid ? "succeeded" : "requires_payment_method";
        if (isPaid)
        {
            var charge = Keep(new JsonObject
            {
                ["id"] = NewId("ch"),
                ["object"] = "charge",
                ["amount"] = (long)invoice["total"]!,
                ["amount_refunded"] = 0,
                ["currency"] = (string)invoice["currency"]!,
                ["customer"] = (string)invoice["customer"]!,
                ["created"] = Now,
                ["paid"] = true,
                ["refunded"] = false,
                ["disputed"] = false,
                ["payment_intent"] = (string)intent["id"]!,
                ["livemode"] = false,
            });
            intent["latest_charge"] = (string)charge["id"]!;
            invoice["status"] = "paid";
            (invoice["amount_paid"], invoice["amount_remaining"]) = ((long)invoice["amount_due"]!, 0);
        }
        Tell(isPaid ? "invoice.paid" : "invoice.payment_failed", invoice);
    }

    /// <summary>Rolls every period that has ended by now: writes the next invoice and collects it.</summary>
    public void Renew()
    {
        foreach (var subscription in Of("subscription").Where(s => (string)s["status"]! is "active" or "past_due").ToList())
        {
            while (Period(subscription).End <= Now && (string)subscription["status"]! is "active")
                Roll(subscription);
        }
    }

    public void SetStatus(JsonObject subscription, string status)
    {
        subscription["status"] = status;
        Tell(status == "canceled" ? "customer.subscription.deleted" : "customer.subscription.updated", subscription);
    }

    void Roll(JsonObject subscription)
    {
        if ((bool)subscription["cancel_at_period_end"]!)
        {
            SetStatus(subscription, "canceled");
            return;
        }
        foreach (var item in Items(subscription))
        {
            var end = (long)item["current_period_end"]!;
            (item["current_period_start"], item["current_period_end"]) = (end, DateTimeOffset.FromUnixTimeSeconds(end).AddYears(1).ToUnixTimeSeconds());
        }
        var paid = Collect(WriteInvoice(subscription, "subscription_cycle", PeriodLines(subscription)));
        SetStatus(subscription, paid ? "active" : "past_due");
    }

    JsonObject NewPayment(JsonObject invoice)
    {
        var intent = Keep(new JsonObject
        {
            ["id"] = NewId("pi"),
            ["object"] = "payment_intent",
            ["amount"] = (long)invoice["amount_due"]!,
            ["currency"] = (string)invoice["currency"]!,
            ["customer"] = (string)invoice["customer"]!,
            ["status"] = "requires_payment_method",
            ["latest_charge"] = null,
            ["last_payment_error"] = null,
            ["created"] = Now,
            ["livemode"] = false,
        });
        Keep(new JsonObject
        {
            ["id"] = NewId("inpay"),
            ["object"] = "invoice_payment",
            ["invoice"] = (string)invoice["id"]!,
            ["created"] = Now,
            ["currency"] = (string)invoice["currency"]!,
            ["is_default"] = true,
            ["livemode"] = false,
            ["status"] = "open",
            ["amount_requested"] = (long)invoice["amount_due"]!,
            ["payment"] = new JsonObject { ["type"] = "payment_intent", ["payment_intent"] = (string)intent["id"]! },
        });
        return intent;
    }
}

/// <summary>What an update wants of one item.</summary>
public sealed record FakeItem(JsonObject? Existing, JsonObject Price, long Quantity);
