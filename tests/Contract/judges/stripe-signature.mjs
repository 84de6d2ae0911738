// Signatures as Stripe's own package makes them, for the portal to judge.
import assert from 'node:assert/strict';
import Stripe from 'stripe';

const { webhook, secret, events, timestamp } = JSON.parse(process.env.SETTINGS);
const stripe = new Stripe('sk_test_x');
const post = (payload, header) => fetch(webhook, { method: 'POST', body: payload, headers: { 'Content-Type': 'application/json', 'Stripe-Signature': header } });

assert.equal(stripe.webhooks.generateTestHeaderString({ payload: '{"id":"evt_1","object":"event"}', secret: 'whsec_test_secret', timestamp: 1700000000 }),
  't=1700000000,v1=0c8670ed117751cc551a20e35839447075c42800ea3cf3e8a2fbda99cd1e6edd');
for (const payload of events) {
  assert.equal((await post(payload, stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp }))).status, 200);
  assert.equal((await post(payload, stripe.webhooks.generateTestHeaderString({ payload, secret: 'whsec_other', timestamp }))).status, 400);
  assert.equal((await post(payload, stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp: timestamp - 301 }))).status, 400);
  assert.equal((await post(payload + '\n', stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp }))).status, 400);
}
