import assert from 'node:assert/strict'
import * as client from 'openid-client'
import { Browser, settings } from './browser.mjs'

const issuer = new URL(`/application/o/${settings.slug}/`, settings.origin)
const config = await client.discovery(issuer, settings.client_id, settings.client_secret, undefined, { execute: [client.allowInsecureRequests] })
const device = await client.initiateDeviceAuthorization(config, { scope: 'openid profile offline_access admin' })
assert.match(device.user_code, /^\d{9}$/)
assert.ok(device.expires_in >= 600)

async function poll(code = device.device_code) {
  const body = new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: code, client_id: settings.client_id, client_secret: settings.client_secret })
  const response = await fetch(config.serverMetadata().token_endpoint, { method: 'POST', body })
  return response.json()
}
assert.equal((await poll()).error, 'authorization_pending')
assert.equal((await poll()).error, 'slow_down')
assert.equal((await poll('nonsense')).error, 'invalid_grant')

// Nobody is signed in: sign-in comes first.
const browser = new Browser()
assert.match((await browser.go(device.verification_uri_complete)).url.href, /if\/flow\/default-authentication-flow\/\?next=/)
await browser.signIn()
const page = await browser.go(device.verification_uri_complete)
assert.match(page.url.pathname, /default-device-code-flow/)
assert.ok(page.text.includes(device.user_code))
assert.equal((await poll()).error, 'slow_down', 'opening the link lets no device in')

async function answer(body) {
  const headers = { 'content-type': 'application/json', 'x-authentik-csrf': browser.cookies.get('authentik_csrf') }
  return JSON.parse((await browser.go('/api/v3/flows/executor/default-device-code-flow/?query=', { method: 'POST', headers, body: JSON.stringify(body) })).text)
}
assert.equal((await answer({ code: '000000000' })).response_errors.code[0].string, 'Invalid code')
assert.equal((await answer({ code: device.user_code })).component, 'ak-provider-oauth2-device-code-finish')

const tokens = await poll()
assert.equal(tokens.scope, 'openid profile offline_access', 'scopes that are not configured are never granted')
assert.equal((await client.fetchUserInfo(config, tokens.access_token, client.skipSubjectCheck)).preferred_username, 'jane')
assert.equal((await poll()).error, 'invalid_grant', 'a second time')
assert.ok((await client.refreshTokenGrant(config, tokens.refresh_token)).access_token)
