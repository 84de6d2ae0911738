using System.Text.Json.Nodes;

namespace Postern.Tests.Support.Stripe;

/// <summary>The objects as Stripe answers them: the fields that are read, under the names and kinds of its published fixtures.</summary>
static class FakeObjects
{
    public static JsonObject Price(string id, string currency, long unit) => new()
    {
        ["id"] = id,
        ["object"] = "price",
        ["active"] = true,
        ["currency"] = currency,
        ["unit_amount"] = unit,
        ["product"] = "prod_1",
        ["type"] = "recurring",
        ["livemode"] = false,
        ["lookup_key"] = null,
        ["tax_behavior"] = "exclusive",
        ["metadata"] = new JsonObject(),
        ["recurring"] = new JsonObject { ["interval"] = "year", ["interval_count"] = 1 },
    };

    public static JsonObject Customer(string id, long now, JsonObject given)
    {
        var customer = new JsonObject
        {
            ["id"] = id,
            ["object"] = "customer",
            ["created"] = now,
            ["livemode"] = false,
            ["delinquent"] = false,
            ["currency"] = null,
            ["name"] = null,
            ["email"] = null,
            ["phone"] = null,
            ["address"] = null,
            ["metadata"] = new JsonObject(),
            ["tax_exempt"] = "none",
            ["invoice_settings"] = new JsonObject { ["default_payment_method"] = null },
        };
        Merge(customer, given);
        return customer;
    }

    public static JsonObject Card(string id, string customer, string last4, long now) => new()
    {
        ["id"] = id,
        ["object"] = "payment_method",
        ["type"] = "card",
        ["customer"] = customer,
        ["created"] = now,
        ["livemode"] = false,
        ["metadata"] = new JsonObject(),
        ["card"] = new JsonObject { ["brand"] = "visa", ["last4"] = last4, ["exp_month"] = 8, ["exp_year"] = 2035, ["country"] = "US", ["funding"] = "credit" },
    };

    public static JsonObject Portal(string id, string customer, string? back, long now) => new()
    {
        ["id"] = id,
        ["object"] = "billing_portal.session",
        ["customer"] = customer,
        ["created"] = now,
        ["livemode"] = false,
        ["locale"] = null,
        ["return_url"] = back,
        ["url"] = $"https://billing.stripe.example/{id}",
    };

    public static JsonObject TaxId(string id, string customer, string type, string value, long now) => new()
    {
        ["id"] = id,
        ["object"] = "tax_id",
        ["created"] = now,
        ["customer"] = customer,
        ["country"] = value[..2],
        ["type"] = type,
        ["value"] = value,
        ["livemode"] = false,
        ["verification"] = new JsonObject { ["status"] = "pending", ["verified_name"] = null, ["verified_address"] = null },
    };

    public static JsonObject Session(string id, JsonObject given, long now, string address)
    {
        var session = new JsonObject
        {
            ["id"] = id,
            ["object"] = "checkout.session",
            ["created"] = now,
            ["livemode"] = false,
            ["status"] = "open",
            ["payment_status"] = "unpaid",
            ["subscription"] = null,
            ["customer_details"] = null,
            ["amount_total"] = null,
            ["currency"] = null,
            ["expires_at"] = now + 86_400,
            ["url"] = address,
        };
        foreach (var name in new[] { "mode", "customer", "client_reference_id", "success_url", "cancel_url" })
            session[name] = (string?)given[name];
        session["metadata"] = given["metadata"]?.DeepClone() ?? new JsonObject();
        return session;
    }

    public static JsonObject Item(string id, string subscription, JsonObject price, long quantity, long start, long end) => new()
    {
        ["id"] = id,
        ["object"] = "subscription_item",
        ["subscription"] = subscription,
        ["price"] = price.DeepClone(),
        ["quantity"] = quantity,
        ["metadata"] = new JsonObject(),
        ["current_period_start"] = start,
        ["current_period_end"] = end,
    };

    public static JsonObject Subscription(string id, string customer, JsonObject metadata, long now) => new()
    {
        ["id"] = id,
        ["object"] = "subscription",
        ["customer"] = customer,
        ["created"] = now,
        ["livemode"] = false,
        ["status"] = "incomplete",
        ["cancel_at_period_end"] = false,
        ["cancel_at"] = null,
        ["collection_method"] = "charge_automatically",
        ["currency"] = "usd",
        ["default_payment_method"] = null,
        ["latest_invoice"] = null,
        ["pending_update"] = null,
        ["metadata"] = metadata.DeepClone(),
        ["items"] = new JsonObject { ["object"] = "list", ["data"] = new JsonArray(), ["has_more"] = false, ["url"] = "/v1/subscription_items" },
    };

    public static JsonObject Line(string id, string text, long amount, string currency, long quantity, long start, long end, string subscription, string item, bool proration) => new()
    {
        ["id"] = id,
        ["object"] = "line_item",
        ["amount"] = amount,
        ["currency"] = currency,
        ["description"] = text,
        ["quantity"] = quantity,
        ["livemode"] = false,
        ["metadata"] = new JsonObject(),
        ["period"] = new JsonObject { ["start"] = start, ["end"] = end },
        ["parent"] = new JsonObject
        {
            ["type"] = "subscription_item_details",
            ["subscription_item_details"] = new JsonObject { ["proration"] = proration, ["subscription"] = subscription, ["subscription_item"] = item },
        },
    };

    public static JsonObject Invoice(string id, string number, JsonObject subscription, string reason, JsonArray lines, long now)
    {
        var total = lines.Sum(l => (long)l!["amount"]!);
        return new JsonObject
        {
            ["id"] = id,
            ["object"] = "invoice",
            ["number"] = number,
            ["status"] = "open",
            ["created"] = now,
            ["livemode"] = false,
            ["currency"] = (string)subscription["currency"]!,
            ["customer"] = (string)subscription["customer"]!,
            ["billing_reason"] = reason,
            ["subtotal"] = total,
            ["total"] = total,
            ["total_excluding_tax"] = total,
            ["total_taxes"] = new JsonArray(),
            ["amount_due"] = Math.Max(0, total),
            ["amount_paid"] = 0,
            ["amount_remaining"] = Math.Max(0, total),
            ["due_date"] = null,
            ["post_payment_credit_notes_amount"] = 0,
            ["attempt_count"] = 0,
            ["metadata"] = new JsonObject(),
            ["hosted_invoice_url"] = $"https://invoice.stripe.example/{id}",
            ["invoice_pdf"] = $"https://invoice.stripe.example/{id}/pdf",
            ["parent"] = new JsonObject
            {
                ["type"] = "subscription_details",
                ["subscription_details"] = new JsonObject { ["subscription"] = (string)subscription["id"]!, ["metadata"] = subscription["metadata"]!.DeepClone() },
            },
            ["lines"] = new JsonObject { ["object"] = "list", ["data"] = lines, ["has_more"] = false, ["url"] = $"/v1/invoices/{id}/lines" },
        };
    }

    public static JsonObject List(string url, IReadOnlyList<JsonObject> all, JsonObject query)
    {
        var limit = int.Parse((string?)query["limit"] ?? "10", System.Globalization.CultureInfo.InvariantCulture);
        if (limit is < 1 or > 100)
            throw new StripeRefusal(400, "invalid_request_error", "parameter_invalid_integer", "limit", "This value must be from 1 to 100.");
        var rest = all.AsEnumerable();
        if ((string?)query["starting_after"] is { } after)
            rest = rest.SkipWhile(o => (string)o["id"]! != after).Skip(1);
        var page = rest.Take(limit + 1).ToList();
        return new JsonObject
        {
            ["object"] = "list",
            ["url"] = url,
            ["has_more"] = page.Count > limit,
            ["data"] = new JsonArray([.. page.Take(limit).Select(o => o.DeepClone())]),
        };
    }

    /// <summary>Changes an object by parameters: nested objects are merged, an empty text unsets.</summary>
    public static void Merge(JsonObject target, JsonObject given)
    {
        foreach (var (name, value) in given.Where(g => g.Key != "expand"))
        {
            if (value is JsonObject inner)
                Merge(target[name] as JsonObject ?? (JsonObject)(target[name] = new JsonObject()), inner);
            else if (value is JsonValue text && (string)text! == "")
                target[name] = null;
            else
                target[name] = value!.DeepClone();
        }
    }
}
