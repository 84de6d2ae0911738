namespace Postern.Tests.Support.Stripe;

/// <summary>What the fake answers to, with the parameters that it takes.</summary>
static class Endpoints
{
    const string Customer =
        "name email phone description address{line1 line2 city state postal_code country} preferred_locales[] metadata{*} tax_exempt invoice_settings{default_payment_method} expand[]";

    const string Page = "limit:i starting_after ending_before expand[]";

    const string Items = "items[{id price quantity:i deleted:b}]";

    public static readonly IReadOnlyList<(string Method, string Path, Shape Shape)> All =
    [
        .. new (string Method, string Path, string Shape)[]
        {
            ("POST", "/v1/customers", Customer),
            ("GET", "/v1/customers/{id}", "expand[]"),
            ("POST", "/v1/customers/{id}", Customer),
            ("GET", "/v1/customers/{id}/tax_ids", Page),
            ("POST", "/v1/customers/{id}/tax_ids", "type! value! expand[]"),
            ("DELETE", "/v1/customers/{id}/tax_ids/{sub}", ""),
            ("GET", "/v1/customers/{id}/payment_methods", "type " + Page),
            ("POST", "/v1/payment_methods/{id}/attach", "customer!"),
            ("POST", "/v1/payment_methods/{id}/detach", ""),
            ("GET", "/v1/prices", "lookup_keys[] active:b product " + Page),
            ("POST", "/v1/checkout/sessions",
                "mode! customer client_reference_id line_items[{price quantity:i adjustable_quantity{enabled:b minimum:i maximum:i}}] success_url cancel_url billing_address_collection " +
                "tax_id_collection{enabled!:b required} customer_update{name address shipping} automatic_tax{enabled!:b} allow_promotion_codes:b phone_number_collection{enabled!:b} " +
                "consent_collection{terms_of_service} payment_method_collection saved_payment_method_options{payment_method_save} payment_method_types[] " +
                "subscription_data{metadata{*} description billing_cycle_anchor:i proration_behavior trial_period_days:i} submit_type locale expires_at:i metadata{*} currency expand[]"),
            ("GET", "/v1/checkout/sessions/{id}", "expand[]"),
            ("POST", "/v1/checkout/sessions/{id}/expire", "expand[]"),
            ("POST", "/v1/billing_portal/sessions", "customer! return_url configuration locale flow_data{type} expand[]"),
            ("GET", "/v1/subscriptions", "customer status price " + Page),
            ("GET", "/v1/subscriptions/{id}", "expand[]"),
            ("POST", "/v1/subscriptions/{id}",
                Items + " proration_behavior proration_date:i payment_behavior cancel_at_period_end:b cancellation_details{comment feedback} default_payment_method " +
                "collection_method days_until_due:i metadata{*} expand[]"),
            ("DELETE", "/v1/subscriptions/{id}", "invoice_now:b prorate:b expand[]"),
            ("POST", "/v1/invoices/create_preview",
                "customer subscription subscription_details{" + Items + " proration_behavior proration_date:i billing_cycle_anchor cancel_at_period_end:b} preview_mode automatic_tax{enabled!:b} expand[]"),
            ("GET", "/v1/invoices", "customer subscription status " + Page),
            ("GET", "/v1/invoices/{id}", "expand[]"),
            ("POST", "/v1/invoices/{id}/pay", "payment_method off_session:b paid_out_of_band:b expand[]"),
            ("GET", "/v1/invoice_payments", "invoice " + Page),
            ("GET", "/v1/charges/{id}", "expand[]"),
            ("POST", "/v1/refunds", "payment_intent charge amount:i reason metadata{*} expand[]"),
            ("GET", "/v1/events", "type types[] created{gt:i gte:i lt:i lte:i} delivery_success:b " + Page),
        }.Select(e => (e.Method, e.Path, Shape.Parse(e.Shape))),
    ];
}
