import assert from 'node:assert/strict'
import * as oauth from 'oauth4webapi'
import * as jose from 'jose'
import { settings } from './browser.mjs'

const insecure = { [oauth.allowInsecureRequests]: true }
const issuer = new URL(`/application/o/${settings.slug}/`, settings.origin)
const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure))
const client = { client_id: settings.client_id }

// Each way of proving to be the client, and each tells the same of its token.
const { privateKey, publicKey } = settings.jwk
  ? { privateKey: { key: await crypto.subtle.importKey('jwk', settings.jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']), kid: 'own' } }
  : {}
const ways = [oauth.ClientSecretBasic(settings.client_secret), oauth.ClientSecretPost(settings.client_secret), oauth.PrivateKeyJwt(privateKey)]
let last
for (const way of ways) {
  const response = await oauth.clientCredentialsGrantRequest(as, client, way, { scope: 'openid profile admin offline_access' }, insecure)
  const tokens = await oauth.processClientCredentialsResponse(as, client, response)
  assert.equal(tokens.scope, 'openid profile', 'scopes that are not configured are never granted')
  assert.equal(tokens.refresh_token, undefined)
  const seen = await oauth.processIntrospectionResponse(as, client, await oauth.introspectionRequest(as, client, way, tokens.access_token, insecure))
  assert.equal(seen.active, true)
  assert.equal(seen.client_id, settings.client_id)
  assert.equal(seen.scope, 'openid profile')
  assert.equal(seen.username, `ak-${settings.slug}-client_credentials`)
  last = { way, tokens }
}
// A revoked token is not active, and revoking twice is no error.
for (let i = 0; i < 2; i++)
  await oauth.processRevocationResponse(await oauth.revocationRequest(as, client, last.way, last.tokens.access_token, insecure))
const dead = await oauth.processIntrospectionResponse(as, client, await oauth.introspectionRequest(as, client, last.way, last.tokens.access_token, insecure))
assert.deepEqual({ ...dead }, { active: false })

// An assertion is good once, for this server, and signed by the client's own key.
async function assertion(claims, key = privateKey.key) {
  return new jose.SignJWT({ iss: settings.client_id, sub: settings.client_id, aud: as.token_endpoint, jti: crypto.randomUUID(), exp: settings.now + 60, ...claims })
    .setProtectedHeader({ alg: 'ES256', kid: 'own' }).sign(key)
}
async function status(text) {
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: text })
  const response = await fetch(as.token_endpoint, { method: 'POST', body })
  return response.ok ? 'ok' : (await response.json()).error
}
const good = await assertion({})
assert.equal(await status(good), 'ok')
assert.equal(await status(good), 'invalid_client', 'a second use')
assert.equal(await status(await assertion({ aud: 'https://elsewhere.example.com/' })), 'invalid_client')
assert.equal(await status(await assertion({ sub: 'somebody-else' })), 'invalid_client')
assert.equal(await status(await assertion({ exp: settings.now - 60 })), 'invalid_client')
assert.equal(await status(await assertion({ nbf: settings.now + 60 })), 'invalid_client')
assert.equal(await status(await assertion({ nbf: settings.now + 8 })), 'ok')
const stranger = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
assert.equal(await status(await assertion({}, stranger.privateKey)), 'invalid_client')
