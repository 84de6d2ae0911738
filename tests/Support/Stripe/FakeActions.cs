using System.Globalization;
using System.Text.Json.Nodes;

namespace Postern.Tests.Support.Stripe;

/// <summary>What each endpoint does.</summary>
sealed class FakeActions(FakeBooks books)
{
    public JsonObject Do(string endpoint, IReadOnlyList<string> ids, JsonObject form) => endpoint switch
    {
        "POST /v1/customers" => Tell("customer.created", FakeObjects.Customer(books.NewId("cus"), books.Now, form)),
        "GET /v1/customers/{id}" => Get(ids[0], "customer"),
        "POST /v1/customers/{id}" => Update(Get(ids[0], "customer"), form, "customer.updated"),
        "GET /v1/customers/{id}/tax_ids" => List($"/v1/customers/{ids[0]}/tax_ids", books.Of("tax_id").Where(t => (string)t["customer"]! == ids[0]), form),
        "POST /v1/customers/{id}/tax_ids" => AddTaxId(Get(ids[0], "customer"), form),
        "DELETE /v1/customers/{id}/tax_ids/{sub}" => Delete(Get(ids[1], "tax_id")),
        "GET /v1/customers/{id}/payment_methods" => List($"/v1/customers/{ids[0]}/payment_methods", books.Of("payment_method").Where(m => (string?)m["customer"] == ids[0]), form),
        "POST /v1/payment_methods/{id}/attach" => Update(Get(ids[0], "payment_method"), form, "payment_method.attached"),
        "POST /v1/payment_methods/{id}/detach" => Update(Get(ids[0], "payment_method"), new JsonObject { ["customer"] = "" }, "payment_method.detached"),
        "GET /v1/prices" => List("/v1/prices", books.Of("price"), form),
        "POST /v1/checkout/sessions" => StartSession(form),
        "GET /v1/checkout/sessions/{id}" => Get(ids[0], "checkout.session"),
        "POST /v1/checkout/sessions/{id}/expire" => Expire(Get(ids[0], "checkout.session")),
        "POST /v1/billing_portal/sessions" => books.Keep(FakeObjects.Portal(books.NewId("bps"), (string)Named(form, "customer", "customer", "customer")["id"]!, (string?)form["return_url"], books.Now)),
        "GET /v1/subscriptions" => List("/v1/subscriptions", Matching("subscription", form, "customer", "status"), form),
        "GET /v1/subscriptions/{id}" => Get(ids[0], "subscription"),
        "POST /v1/subscriptions/{id}" => Change(Get(ids[0], "subscription"), form),
        "DELETE /v1/subscriptions/{id}" => Cancel(Get(ids[0], "subscription")),
        "POST /v1/invoices/create_preview" => Preview(form),
        "GET /v1/invoices" => List("/v1/invoices", Invoices(form), form),
        "GET /v1/invoices/{id}" => Get(ids[0], "invoice"),
        "POST /v1/invoices/{id}/pay" => Pay(Get(ids[0], "invoice"), (string?)form["payment_method"]),
        "GET /v1/invoice_payments" => List("/v1/invoice_payments", Matching("invoice_payment", form, "invoice").Select(p => Expanded(p, form)), form),
        "GET /v1/charges/{id}" => Get(ids[0], "charge"),
        "POST /v1/refunds" => Refund(form),
        "GET /v1/events" => List("/v1/events", books.Events.AsEnumerable().Reverse().Where(e => (long)e["created"]! >= long.Parse((string?)form["created"]?["gte"] ?? "0", CultureInfo.InvariantCulture)), form),
        _ => throw new InvalidOperationException(endpoint),
    };

    public JsonObject Complete(string id, string last4, IReadOnlyDictionary<string, long>? quantities, bool paysLater)
    {
        var session = books.Get(id);
        var customer = (string)session["customer"]!;
        var card = books.Keep(FakeObjects.Card(books.NewId("pm"), customer, last4, books.Now));
        books.Tell("payment_method.attached", card);
        session["status"] = "complete";
        if ((string)session["mode"]! == "setup")
        {
            books.Tell("checkout.session.completed", session);
            return session;
        }
        var request = requests[id];
        var subscription = FakeObjects.Subscription(books.NewId("sub"), customer, request["subscription_data"]?["metadata"]?.AsObject() ?? [], books.Now);
        subscription["default_payment_method"] = (string)card["id"]!;
        var end = DateTimeOffset.FromUnixTimeSeconds(books.Now).AddYears(1).ToUnixTimeSeconds();
        foreach (var line in request["line_items"]!.AsArray())
        {
            var price = (string)line!["price"]!;
            var quantity = quantities?.GetValueOrDefault(price) ?? long.Parse((string)line["quantity"]!, CultureInfo.InvariantCulture);
            subscription["items"]!["data"]!.AsArray().Add(FakeObjects.Item(books.NewId("si"), (string)subscription["id"]!, books.Get(price), quantity, books.Now, end));
        }
        books.Keep(subscription);
        books.Tell("customer.subscription.created", subscription);
        session["subscription"] = (string)subscription["id"]!;
        session["customer_details"] = new JsonObject
        {
            ["name"] = "Example Ltd",
            ["email"] = "billing@example.com",
            ["phone"] = null,
            ["tax_ids"] = new JsonArray(),
            ["address"] = new JsonObject { ["line1"] = "1 Main Street", ["line2"] = null, ["city"] = "Dublin", ["postal_code"] = "D01", ["state"] = null, ["country"] = "IE" },
        };
        var invoice = books.WriteInvoice(subscription, "subscription_create", books.PeriodLines(subscription));
        (session["amount_total"], session["currency"]) = ((long)invoice["total"]!, "usd");
        if (!paysLater && books.Collect(invoice))
        {
            session["payment_status"] = "paid";
            books.SetStatus(subscription, "active");
        }
        books.Tell("checkout.session.completed", session);
        return session;
    }

    readonly Dictionary<string, JsonObject> requests = new(StringComparer.Ordinal);

    JsonObject Get(string id, string kind) =>
        books.Find(id) is { } found && (string)found["object"]! == kind ? found : throw new StripeRefusal(404, "invalid_request_error", "resource_missing", "id", $"No such {kind}: '{id}'");

    JsonObject Named(JsonObject form, string name, string kind, string path) =>
        books.Find((string?)form[name]) is { } found && (string)found["object"]! == kind
            ? found
            : throw new StripeRefusal(400, "invalid_request_error", "resource_missing", path, $"No such {kind}: '{form[name]}'");

    JsonObject Tell(string type, JsonObject one)
    {
        books.Keep(one);
        books.Tell(type, one);
        return one;
    }

    JsonObject Update(JsonObject one, JsonObject form, string type)
    {
        FakeObjects.Merge(one, form);
        books.Tell(type, one);
        return one;
    }

    JsonObject Delete(JsonObject one)
    {
        books.Forget((string)one["id"]!);
        books.Tell("customer.tax_id.deleted", one);
        return new JsonObject { ["id"] = (string)one["id"]!, ["object"] = (string)one["object"]!, ["deleted"] = true };
    }

    JsonObject AddTaxId(JsonObject customer, JsonObject form)
    {
        var (type, value) = ((string)form["type"]!, (string)form["value"]!);
        if (type == "eu_vat" && (value.Length < 8 || !value[..2].All(char.IsAsciiLetterUpper)))
            throw new StripeRefusal(400, "invalid_request_error", "tax_id_invalid", "value", "Invalid value for eu_vat.");
        return Tell("customer.tax_id.created", FakeObjects.TaxId(books.NewId("txi"), (string)customer["id"]!, type, value, books.Now));
    }

    JsonObject StartSession(JsonObject form)
    {
        Named(form, "customer", "customer", "customer");
        var mode = (string)form["mode"]!;
        if (mode is not ("subscription" or "setup"))
            throw new StripeRefusal(400, "invalid_request_error", "", "mode", "Invalid mode");
        if (mode is "subscription")
        {
            if (form["line_items"] is not JsonArray { Count: > 0 } lines)
                throw new StripeRefusal(400, "invalid_request_error", "parameter_missing", "line_items", "Missing required param: line_items.");
            for (var i = 0; i < lines.Count; i++)
                Named(lines[i]!.AsObject(), "price", "price", $"line_items[{i}][price]");
            if (form["tax_id_collection"]?["enabled"] is not null && (string?)form["customer_update"]?["name"] != "auto")
                throw new StripeRefusal(400, "invalid_request_error", "", "tax_id_collection", "Tax ID collection requires updating business name on the customer.");
        }
        var id = books.NewId("cs_test");
        requests[id] = form.DeepClone().AsObject();
        return books.Keep(FakeObjects.Session(id, form, books.Now, $"https://checkout.stripe.example/{id}"));
    }

    JsonObject Expire(JsonObject session)
    {
        if ((string)session["status"]! != "open")
            throw new StripeRefusal(400, "invalid_request_error", "", "", "Only Checkout Sessions with a status in [\"open\"] can be expired.");
        (session["status"], session["url"]) = ("expired", null);
        books.Tell("checkout.session.expired", session);
        return session;
    }

    List<FakeItem> Wanted(JsonObject subscription, JsonNode? items, string path)
    {
        var wanted = new List<FakeItem>();
        foreach (var (index, item) in (items as JsonArray ?? []).Index())
        {
            var existing = FakeBooks.Items(subscription).FirstOrDefault(i => (string)i["id"]! == (string?)item!["id"]);
            if (item!["id"] is not null && existing is null)
                throw new StripeRefusal(400, "invalid_request_error", "resource_missing", $"{path}[{index}][id]", "No such subscription item");
            var price = existing is null ? Named(item.AsObject(), "price", "price", $"{path}[{index}][price]") : books.Get((string)existing["price"]!["id"]!);
            wanted.Add(new(existing, price, (string?)item["deleted"] == "true" ? 0 : long.Parse((string?)item["quantity"] ?? "1", CultureInfo.InvariantCulture)));
        }
        return wanted;
    }

    JsonObject Change(JsonObject subscription, JsonObject form)
    {
        if ((string)subscription["status"]! is "canceled" or "incomplete_expired")
            throw new StripeRefusal(404, "invalid_request_error", "resource_missing", "id", "A canceled subscription can only update its cancellation_details and metadata.");
        foreach (var name in new[] { "default_payment_method", "metadata" })
        {
            if (form[name] is { } value)
                FakeObjects.Merge(subscription, new JsonObject { [name] = value.DeepClone() });
        }
        if (form["cancel_at_period_end"] is { } ends)
            subscription["cancel_at_period_end"] = (string)ends! == "true";
        var wanted = Wanted(subscription, form["items"], "items");
        if (wanted.Count > 0 && (string?)form["proration_behavior"] == "always_invoice")
            return Charge(subscription, wanted, form);
        Apply(subscription, wanted);
        books.Tell("customer.subscription.updated", subscription);
        return subscription;
    }

    // An update that is not paid for stays pending; its invoice can be paid later.
    JsonObject Charge(JsonObject subscription, List<FakeItem> wanted, JsonObject form)
    {
        var at = long.Parse((string?)form["proration_date"] ?? books.Now.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var invoice = books.WriteInvoice(subscription, "subscription_update", books.ProrationLines(subscription, wanted, at));
        if (books.Collect(invoice) || (string?)form["payment_behavior"] != "pending_if_incomplete")
        {
            Apply(subscription, wanted);
            subscription["pending_update"] = null;
        }
        else
        {
            subscription["pending_update"] = new JsonObject { ["expires_at"] = books.Now + 82_800, ["subscription_items"] = new JsonArray() };
            pending[(string)invoice["id"]!] = wanted;
        }
        books.Tell("customer.subscription.updated", subscription);
        return subscription;
    }

    readonly Dictionary<string, List<FakeItem>> pending = new(StringComparer.Ordinal);

    void Apply(JsonObject subscription, List<FakeItem> wanted)
    {
        var (start, end) = FakeBooks.Period(subscription);
        var items = subscription["items"]!["data"]!.AsArray();
        foreach (var item in wanted)
        {
            if (item is { Existing: { } gone, Quantity: 0 })
                items.Remove(gone);
            else if (item.Existing is { } kept)
                kept["quantity"] = item.Quantity;
            else
                items.Add(FakeObjects.Item(books.NewId("si"), (string)subscription["id"]!, item.Price, item.Quantity, start, end));
        }
    }

    JsonObject Cancel(JsonObject subscription)
    {
        books.SetStatus(subscription, "canceled");
        return subscription;
    }

    JsonObject Preview(JsonObject form)
    {
        var subscription = Named(form, "subscription", "subscription", "subscription");
        var details = form["subscription_details"]!.AsObject();
        var at = long.Parse((string?)details["proration_date"] ?? books.Now.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var lines = books.ProrationLines(subscription, Wanted(subscription, details["items"], "subscription_details[items]"), at);
        var invoice = FakeObjects.Invoice("upcoming_in_1", "", subscription, "subscription_update", lines, books.Now);
        invoice["status"] = "draft";
        return invoice;
    }

    JsonObject Pay(JsonObject invoice, string? method)
    {
        if ((string)invoice["status"]! != "open")
            throw new StripeRefusal(400, "invalid_request_error", "", "", "Invoice is already paid");
        if (!books.Collect(invoice, method))
            throw new StripeRefusal(402, "card_error", "card_declined", "", "Your card was declined.");
        var subscription = books.Get((string)invoice["parent"]!["subscription_details"]!["subscription"]!);
        if (pending.Remove((string)invoice["id"]!, out var wanted))
        {
            Apply(subscription, wanted);
            subscription["pending_update"] = null;
            books.Tell("customer.subscription.pending_update_applied", subscription);
        }
        else if ((string)subscription["status"]! is "past_due" or "incomplete")
        {
            books.SetStatus(subscription, "active");
        }
        return invoice;
    }

    IEnumerable<JsonObject> Invoices(JsonObject form) =>
        Matching("invoice", form, "customer", "status").Where(i => form["subscription"] is null || (string?)i["parent"]!["subscription_details"]!["subscription"] == (string?)form["subscription"]);

    IEnumerable<JsonObject> Matching(string kind, JsonObject form, params string[] fields) =>
        books.Of(kind).Where(o => fields.All(f => form[f] is null || (string)form[f]! == "all" || (string?)o[f] == (string?)form[f]));

    JsonObject Expanded(JsonObject payment, JsonObject form)
    {
        var copy = payment.DeepClone().AsObject();
        if (form["expand"] is not JsonArray paths || !paths.Any(p => (string)p! == "data.payment.payment_intent.latest_charge"))
            return copy;
        var intent = books.Get((string)copy["payment"]!["payment_intent"]!).DeepClone().AsObject();
        intent["latest_charge"] = books.Find((string?)intent["latest_charge"])?.DeepClone();
        copy["payment"]!["payment_intent"] = intent;
        return copy;
    }

    JsonObject Refund(JsonObject form)
    {
        var intent = Named(form, "payment_intent", "payment_intent", "payment_intent");
        var charge = books.Get((string)intent["latest_charge"]!);
        if ((bool)charge["refunded"]!)
            throw new StripeRefusal(400, "invalid_request_error", "charge_already_refunded", "", "Charge has already been refunded.");
        (charge["refunded"], charge["amount_refunded"]) = (true, (long)charge["amount"]!);
        books.Tell("charge.refunded", charge);
        return books.Keep(new JsonObject
        {
            ["id"] = books.NewId("re"),
            ["object"] = "refund",
            ["amount"] = (long)charge["amount"]!,
            ["currency"] = (string)charge["currency"]!,
            ["charge"] = (string)charge["id"]!,
            ["payment_intent"] = (string)intent["id"]!,
            ["status"] = "succeeded",
            ["created"] = books.Now,
        });
    }

    static JsonObject List(string url, IEnumerable<JsonObject> all, JsonObject form) => FakeObjects.List(url, [.. all], form);
}
