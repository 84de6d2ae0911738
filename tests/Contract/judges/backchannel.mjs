import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import * as client from 'openid-client'
import * as jose from 'jose'
import { Browser, settings } from './browser.mjs'

const told = []
const server = createServer(async (request, response) => {
  let body = ''
  for await (const part of request) body += part
  told.push({ type: request.headers['content-type'], form: new URLSearchParams(body) })
  response.end()
}).listen(settings.port, '127.0.0.1')

const issuer = new URL(`/application/o/${settings.slug}/`, settings.origin)
const config = await client.discovery(issuer, settings.client_id, settings.client_secret, undefined, { execute: [client.allowInsecureRequests] })
assert.equal(config.serverMetadata().backchannel_logout_supported, true)
assert.equal(config.serverMetadata().backchannel_logout_session_supported, true)
const browser = new Browser()
await browser.signIn()
const verifier = client.randomPKCECodeVerifier()
const code_challenge = await client.calculatePKCECodeChallenge(verifier)
const ask = more => browser.go(client.buildAuthorizationUrl(config, { redirect_uri: 'https://rp.example.com/cb', scope: 'openid', code_challenge, code_challenge_method: 'S256', ...more }))
const tokens = await client.authorizationCodeGrant(config, (await ask()).left, { pkceCodeVerifier: verifier })
await browser.go(client.buildEndSessionUrl(config, { id_token_hint: tokens.id_token, post_logout_redirect_uri: 'https://rp.example.com/bye' }))

for (let i = 0; i < 200 && told.length === 0; i++) await new Promise(resolve => setTimeout(resolve, 50))
server.close()
assert.equal(told.length, 1)
assert.equal(told[0].type, 'application/x-www-form-urlencoded')
const keys = jose.createRemoteJWKSet(new URL(config.serverMetadata().jwks_uri))
const { payload } = await jose.jwtVerify(told[0].form.get('logout_token'), keys, { issuer: issuer.href, audience: settings.client_id, typ: 'logout+jwt', requiredClaims: ['iat', 'exp', 'jti', 'events'] })
assert.deepEqual(payload.events, { 'http://schemas.openid.net/event/backchannel-logout': {} })
assert.equal(payload.sid, tokens.claims().sid)
assert.equal(payload.sub, tokens.claims().sub)
assert.equal(payload.nonce, undefined)
assert.equal((await ask({ prompt: 'none' })).left.searchParams.get('error'), 'login_required')
process.exit(0)
