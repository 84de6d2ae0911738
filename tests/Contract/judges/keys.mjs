// Issuers and keys: the issuer that applications share, EdDSA, rotation with overlap, encrypted tokens; jose verifies and decrypts.
import assert from 'node:assert/strict'
import * as client from 'openid-client'
import * as jose from 'jose'
import { Browser, settings } from './browser.mjs'

const api = async (method, path, body) => {
  const response = await fetch(`${settings.origin}/api/v3/${path}`, { method, headers: { authorization: `Bearer ${settings.token}`, 'content-type': 'application/json' }, body: body && JSON.stringify(body) })
  assert.ok(response.ok, `${path}: ${response.status} ${await response.clone().text()}`)
  return response.json()
}
const insecure = { execute: [client.allowInsecureRequests] }
const browser = new Browser()
await browser.signIn()
async function tokens(config) {
  const verifier = client.randomPKCECodeVerifier()
  const code_challenge = await client.calculatePKCECodeChallenge(verifier)
  const { left } = await browser.go(client.buildAuthorizationUrl(config, { redirect_uri: 'https://rp.example.com/cb', scope: 'openid email', code_challenge, code_challenge_method: 'S256' }))
  assert.equal(left.searchParams.get('iss'), config.serverMetadata().issuer)
  return client.authorizationCodeGrant(config, left, { pkceCodeVerifier: verifier })
}
const keysOf = async config => (await (await fetch(config.serverMetadata().jwks_uri)).json()).keys
const verify = async (token, config) => jose.jwtVerify(token, jose.createLocalJWKSet({ keys: await keysOf(config) }), { issuer: config.serverMetadata().issuer, audience: config.clientMetadata().client_id })

// The shared issuer: found at the installation's address, one set of keys for all.
const [one, two] = settings.shared
const configs = await Promise.all([one, two].map(c => client.discovery(new URL(settings.origin), c.client_id, c.client_secret, undefined, insecure)))
const document = configs[0].serverMetadata()
assert.equal(document.issuer, `${settings.origin}/`)
assert.deepEqual(new Set(document.id_token_signing_alg_values_supported), new Set(['ES256', 'EdDSA']))
const [first, second] = [await tokens(configs[0]), await tokens(configs[1])]
const [elliptic, edwards] = [await verify(first.id_token, configs[0]), await verify(second.id_token, configs[1])]
assert.deepEqual([elliptic.protectedHeader.alg, edwards.protectedHeader.alg], ['ES256', 'EdDSA'])
assert.equal((await verify(second.access_token, configs[1])).payload.iss, `${settings.origin}/`)
const shared = await keysOf(configs[0])
assert.equal(new Set(shared.map(k => k.kid)).size, shared.length)
for (const key of shared) {
  assert.equal(key.d, undefined)
  // The key's name is its thumbprint, and its certificate carries the same key.
  assert.equal(key.kid, await jose.calculateJwkThumbprint(key))
  const certificate = await jose.importX509(`-----BEGIN CERTIFICATE-----\n${key.x5c[0]}\n-----END CERTIFICATE-----`, key.alg, { extractable: true })
  assert.equal((await jose.exportJWK(certificate)).x, key.x)
}
// The document at the application's own address says the same issuer.
assert.equal((await (await fetch(`${settings.origin}/application/o/${one.slug}/.well-known/openid-configuration`)).json()).issuer, document.issuer)
assert.equal((await (await fetch(`${settings.origin}/.well-known/oauth-authorization-server`)).json()).issuer, document.issuer)

// Rotation: the key before stays published, new tokens name the new one.
const generate = (alg, name) => api('POST', 'crypto/certificatekeypairs/generate/', { common_name: name, validity_days: 30, alg })
const turning = await client.discovery(new URL(`/application/o/${settings.turning.slug}/`, settings.origin), settings.turning.client_id, settings.turning.client_secret, undefined, insecure)
const before = await tokens(turning)
const kids = [(await verify(before.id_token, turning)).protectedHeader.kid]
for (const alg of ['rsa', 'ed25519']) {
  await api('PATCH', `providers/oauth2/${settings.turning.pk}/`, { signing_key: (await generate(alg, `turned to ${alg}`)).pk })
  const renewed = await client.discovery(new URL(turning.serverMetadata().issuer), settings.turning.client_id, settings.turning.client_secret, undefined, insecure)
  kids.unshift((await verify((await tokens(renewed)).id_token, renewed)).protectedHeader.kid)
  await verify(before.id_token, renewed)
}
assert.equal(new Set(kids).size, 3)
assert.deepEqual((await keysOf(turning)).map(k => k.kid), kids)
assert.deepEqual((await keysOf(turning)).map(k => k.alg), ['EdDSA', 'RS256', 'ES256'])
// A token from before the change still works.
assert.equal((await fetch(turning.serverMetadata().userinfo_endpoint, { headers: { authorization: `Bearer ${before.access_token}` } })).status, 200)

// Encryption: only the application's key opens the tokens, and what is inside is signed.
const pair = await generate('rsa', 'key of the application')
await api('PATCH', `providers/oauth2/${settings.sealed.pk}/`, { encryption_key: pair.pk })
const pem = (await api('GET', `crypto/certificatekeypairs/${pair.pk}/view_private_key/`)).data
const own = await jose.importPKCS8(pem, 'RSA-OAEP-256')
const { keys: published } = await (await fetch(`${settings.origin}/application/o/${settings.sealed.slug}/jwks/`)).json()
const { kid } = published.find(k => k.use === 'enc')
const sealed = await client.discovery(new URL(`/application/o/${settings.sealed.slug}/`, settings.origin), settings.sealed.client_id, settings.sealed.client_secret, undefined, {
  execute: [client.allowInsecureRequests, c => client.enableDecryptingResponses(c, ['A256CBC-HS512'], { key: own, alg: 'RSA-OAEP-256', kid })],
})
assert.deepEqual(sealed.serverMetadata().id_token_encryption_alg_values_supported, ['RSA-OAEP-256'])
assert.deepEqual(sealed.serverMetadata().id_token_encryption_enc_values_supported, ['A256CBC-HS512'])
const hidden = await tokens(sealed)
const opened = await jose.compactDecrypt(hidden.id_token, own, { keyManagementAlgorithms: ['RSA-OAEP-256'], contentEncryptionAlgorithms: ['A256CBC-HS512'] })
assert.equal(opened.protectedHeader.cty, 'JWT')
assert.equal((await verify(new TextDecoder().decode(opened.plaintext), sealed)).payload.sub, hidden.claims().sub)
await assert.rejects(jose.compactDecrypt(hidden.id_token, await (await jose.generateKeyPair('RSA-OAEP-256')).privateKey))
assert.equal((await client.fetchUserInfo(sealed, hidden.access_token, hidden.claims().sub)).email, 'jane@example.com')
