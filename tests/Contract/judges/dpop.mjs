import assert from 'node:assert/strict'
import * as client from 'openid-client'
import { Browser, settings } from './browser.mjs'

const issuer = new URL(`/application/o/${settings.slug}/`, settings.origin)
const config = await client.discovery(issuer, settings.client_id, settings.client_secret, undefined, { execute: [client.allowInsecureRequests] })
assert.ok(config.serverMetadata().dpop_signing_alg_values_supported.includes('ES256'))
const browser = new Browser()
await browser.signIn()
const keys = await client.randomDPoPKeyPair('ES256')
const DPoP = client.getDPoPHandle(config, keys)
const verifier = client.randomPKCECodeVerifier()
const code_challenge = await client.calculatePKCECodeChallenge(verifier)
const { left } = await browser.go(client.buildAuthorizationUrl(config, {
  redirect_uri: 'https://rp.example.com/cb', scope: 'openid email offline_access', code_challenge, code_challenge_method: 'S256', dpop_jkt: await DPoP.calculateThumbprint(),
}))
const tokens = await client.authorizationCodeGrant(config, left, { pkceCodeVerifier: verifier }, undefined, { DPoP })
assert.equal(tokens.token_type, 'dpop')
assert.equal((await client.fetchUserInfo(config, tokens.access_token, tokens.claims().sub, { DPoP })).email, 'jane@example.com')

// A stolen token is worth nothing: neither as bearer nor with another key.
const userinfo = config.serverMetadata().userinfo_endpoint
assert.equal((await fetch(userinfo, { headers: { authorization: `Bearer ${tokens.access_token}` } })).status, 401)
assert.equal((await fetch(userinfo, { headers: { authorization: `DPoP ${tokens.access_token}` } })).status, 401)
const thief = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'))
await assert.rejects(client.fetchUserInfo(config, tokens.access_token, tokens.claims().sub, { DPoP: thief }))
await assert.rejects(client.refreshTokenGrant(config, tokens.refresh_token, undefined, { DPoP: thief }), e => e.error === 'invalid_grant')
