import assert from 'node:assert/strict'
import * as client from 'openid-client'
import * as jose from 'jose'
import { Browser, settings } from './browser.mjs'

const issuer = new URL(`/application/o/${settings.slug}/`, settings.origin)
const config = await client.discovery(issuer, settings.client_id, settings.client_secret, undefined, { execute: [client.allowInsecureRequests] })
assert.equal(config.serverMetadata().issuer, issuer.href)
assert.deepEqual(config.serverMetadata().id_token_signing_alg_values_supported, [settings.alg])

const browser = new Browser()
await browser.signIn()
const verifier = client.randomPKCECodeVerifier()
const [state, nonce] = [client.randomState(), client.randomNonce()]
const url = client.buildAuthorizationUrl(config, {
  redirect_uri: 'https://rp.example.com/cb', scope: 'openid profile email offline_access', code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256', state, nonce,
})
const { left } = await browser.go(url)
const tokens = await client.authorizationCodeGrant(config, left, { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true })
const claims = tokens.claims()
assert.equal(claims.name, 'Jane Smith')
assert.equal(claims.email, 'jane@example.com')
assert.deepEqual(claims.amr, ['pwd'])
assert.equal(typeof claims.sid, 'string')

// jose verifies the signature by the published keys.
const keys = jose.createRemoteJWKSet(new URL(config.serverMetadata().jwks_uri))
const { protectedHeader } = await jose.jwtVerify(tokens.id_token, keys, { issuer: issuer.href, audience: settings.client_id })
assert.equal(protectedHeader.alg, settings.alg)
const access = await jose.jwtVerify(tokens.access_token, keys, { issuer: issuer.href, audience: settings.client_id })
assert.equal(access.payload.azp, settings.client_id)
assert.equal(access.payload.scope, 'openid profile email offline_access')

const person = await client.fetchUserInfo(config, tokens.access_token, claims.sub)
assert.equal(person.preferred_username, 'jane')
assert.deepEqual(person.groups, [])

const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token)
assert.equal(refreshed.claims().sub, claims.sub)
assert.equal(refreshed.claims().auth_time, claims.auth_time)
assert.notEqual(refreshed.refresh_token, tokens.refresh_token)
assert.equal((await client.fetchUserInfo(config, refreshed.access_token, claims.sub)).email, 'jane@example.com')

// The replaced token again: it is refused and everything that came of it goes.
await assert.rejects(client.refreshTokenGrant(config, tokens.refresh_token), e => e.error === 'invalid_grant')
await assert.rejects(client.refreshTokenGrant(config, refreshed.refresh_token), e => e.error === 'invalid_grant')
await assert.rejects(client.fetchUserInfo(config, refreshed.access_token, claims.sub), e => e.status === 401)
