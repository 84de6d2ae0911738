// Stripe's own client talks to the fake that the portal's adapter is tested with: what it cannot use, Stripe would not have answered.
import assert from 'node:assert/strict';
import Stripe from 'stripe';

const settings = JSON.parse(process.env.SETTINGS);
const address = new URL(settings.address);
const stripe = new Stripe(settings.key, { apiVersion: '2026-07-29.dahlia', host: address.hostname, port: address.port, protocol: 'http', maxNetworkRetries: 0, telemetry: false });

const refused = async (work, check) => {
  try {
    await work;
  } catch (error) {
    return check(error);
  }
  assert.fail('it was not refused');
};

const customer = await stripe.customers.create({ name: 'Zoë & Söhne = +1', email: 'a+b@example.com', address: { line1: '1 Main Street', country: 'IE' }, metadata: { org_id: 'o1' } });
assert.equal(customer.name, 'Zoë & Söhne = +1');
assert.equal(customer.address.country, 'IE');
assert.equal((await stripe.customers.update(customer.id, { name: '' })).name, null);
assert.equal((await stripe.customers.retrieve(customer.id)).email, 'a+b@example.com');

const prices = await stripe.prices.list({ active: true, limit: 1 });
assert.equal(prices.has_more, true);
assert.equal((await stripe.prices.list({}).autoPagingToArray({ limit: 10 })).length, 2);

const session = await stripe.checkout.sessions.create({
  mode: 'subscription', customer: customer.id, client_reference_id: 'order-1',
  line_items: [{ price: 'price_internal', quantity: 10, adjustable_quantity: { enabled: true, minimum: 1 } }],
  success_url: 'https://portal.example/', cancel_url: 'https://portal.example/',
  tax_id_collection: { enabled: true }, customer_update: { name: 'auto', address: 'auto' }, subscription_data: { metadata: { order_id: 'order-1' } },
});
assert.equal(session.status, 'open');
assert.equal((await fetch(settings.complete + session.id, { method: 'POST' })).status, 200);
const paid = await stripe.checkout.sessions.retrieve(session.id);
assert.equal(paid.payment_status, 'paid');

const subscription = await stripe.subscriptions.retrieve(paid.subscription);
const item = subscription.items.data[0];
assert.deepEqual([subscription.status, item.quantity, item.price.id, subscription.metadata.order_id], ['active', 10, 'price_internal', 'order-1']);
const at = item.current_period_start + Math.floor((item.current_period_end - item.current_period_start) / 4);
const change = { items: [{ id: item.id, quantity: 14 }], proration_behavior: 'always_invoice', proration_date: at };
const preview = await stripe.invoices.createPreview({ customer: customer.id, subscription: subscription.id, subscription_details: change });
assert.equal(preview.amount_due, 4 * 6000 * 3 / 4);
assert.equal(preview.lines.data[0].parent.subscription_item_details.proration, true);
const key = { idempotencyKey: 'seats-1' };
const changed = await stripe.subscriptions.update(subscription.id, { ...change, payment_behavior: 'pending_if_incomplete' }, key);
assert.equal(changed.items.data[0].quantity, 14);
const again = await stripe.subscriptions.update(subscription.id, { ...change, payment_behavior: 'pending_if_incomplete' }, key);
assert.deepEqual(again, changed);
const invoices = await stripe.invoices.list({ subscription: subscription.id }).autoPagingToArray({ limit: 100 });
assert.deepEqual(invoices.map(i => [i.billing_reason, i.status, i.amount_paid]), [['subscription_update', 'paid', preview.amount_due], ['subscription_create', 'paid', 60000]]);
await refused(stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true }, key), e => assert.ok(e instanceof Stripe.errors.StripeIdempotencyError));

const payments = await stripe.invoicePayments.list({ invoice: invoices[0].id, expand: ['data.payment.payment_intent.latest_charge'] });
assert.equal(payments.data[0].payment.payment_intent.latest_charge.refunded, false);
const taxId = await stripe.customers.createTaxId(customer.id, { type: 'eu_vat', value: 'IE1234567AB' });
assert.equal(taxId.verification.status, 'pending');
assert.equal((await stripe.customers.deleteTaxId(customer.id, taxId.id)).deleted, true);
const methods = await stripe.customers.listPaymentMethods(customer.id, { type: 'card' });
assert.equal(methods.data[0].card.last4, '4242');
assert.equal((await stripe.refunds.create({ payment_intent: payments.data[0].payment.payment_intent.id })).status, 'succeeded');
assert.equal((await stripe.subscriptions.cancel(subscription.id)).status, 'canceled');

const portal = await stripe.billingPortal.sessions.create({ customer: customer.id, return_url: 'https://portal.example/' });
assert.deepEqual([portal.object, portal.customer, new URL(portal.url).protocol], ['billing_portal.session', customer.id, 'https:']);
await refused(stripe.billingPortal.sessions.create({ customer: 'cus_none' }), e => assert.equal(e.code, 'resource_missing'));

const invalid = (param, code) => e => {
  assert.ok(e instanceof Stripe.errors.StripeInvalidRequestError, e.message);
  assert.deepEqual([e.param, e.code], [param, code]);
  assert.match(e.requestId, /^req_/);
};
await refused(stripe.customers.create({ nmae: 'typo' }), invalid('nmae', 'parameter_unknown'));
await refused(stripe.checkout.sessions.create({ mode: 'subscription', customer: customer.id, line_items: [{ price: 'price_internal', amount: 1 }] }), invalid('line_items[0][amount]', 'parameter_unknown'));
await refused(stripe.checkout.sessions.create({ mode: 'subscription', customer: customer.id, line_items: [{ price: 'price_none', quantity: 1 }] }), invalid('line_items[0][price]', 'resource_missing'));
await refused(stripe.checkout.sessions.create({ mode: 'subscription', customer: customer.id, line_items: [{ price: 'price_internal', quantity: 'many' }] }), invalid('line_items[0][quantity]', 'parameter_invalid_integer'));
await refused(stripe.checkout.sessions.create({ customer: customer.id }), invalid('mode', 'parameter_missing'));
await refused(stripe.customers.createTaxId(customer.id, { type: 'eu_vat', value: '12' }), invalid('value', 'tax_id_invalid'));
await refused(stripe.customers.retrieve('cus_none'), e => assert.equal(e.statusCode, 404));
await refused(new Stripe('sk_test_wrong', { host: address.hostname, port: address.port, protocol: 'http', maxNetworkRetries: 0 }).customers.retrieve(customer.id),
  e => assert.ok(e instanceof Stripe.errors.StripeAuthenticationError));

for (const delivery of settings.deliveries)
  assert.equal(stripe.webhooks.constructEvent(delivery.body, delivery.signature, settings.secret, undefined, undefined, delivery.at).object, 'event');
const [first] = settings.deliveries;
assert.throws(() => stripe.webhooks.constructEvent(first.body + ' ', first.signature, settings.secret, undefined, undefined, first.at), /signature/);
