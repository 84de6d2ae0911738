// Front-channel logout: the page after signing out frames the applications of the session that want it, and no others.
import assert from 'node:assert/strict'
import * as client from 'openid-client'
import { Browser, settings } from './browser.mjs'

const bye = 'https://rp.example.com/bye'
const [config, other, silent] = await Promise.all(settings.clients.map(c =>
  client.discovery(new URL(`/application/o/${c.slug}/`, settings.origin), c.client_id, c.client_secret, undefined, { execute: [client.allowInsecureRequests] })))
assert.equal(config.serverMetadata().frontchannel_logout_supported, true)
assert.equal(config.serverMetadata().frontchannel_logout_session_supported, true)

async function ask(browser, config, more = {}) {
  const verifier = client.randomPKCECodeVerifier()
  const code_challenge = await client.calculatePKCECodeChallenge(verifier)
  const { left } = await browser.go(client.buildAuthorizationUrl(config, { redirect_uri: 'https://rp.example.com/cb', scope: 'openid', code_challenge, code_challenge_method: 'S256', ...more }))
  return { left, redeem: () => client.authorizationCodeGrant(config, left, { pkceCodeVerifier: verifier }) }
}

const browser = new Browser()
await browser.signIn()
const tokens = await (await ask(browser, config)).redeem()
await (await ask(browser, other)).redeem()
await (await ask(browser, silent)).redeem()
const { sid } = tokens.claims()

const page = await browser.go(client.buildEndSessionUrl(config, { id_token_hint: tokens.id_token, post_logout_redirect_uri: bye, state: 'x' }))
const frames = [...page.text.matchAll(/<iframe[^>]* src="([^"]*)"/g)].map(m => new URL(m[1].replaceAll('&amp;', '&')))
assert.deepEqual(frames.map(f => f.origin + f.pathname), ['https://rp.example.com/out', 'http://other.example.com/out'])
// A query of the application's own is kept (section 2).
assert.equal(frames[1].searchParams.get('keep'), 'me')
for (const [i, of] of [config, other].entries()) {
  assert.equal(frames[i].searchParams.get('iss'), of.serverMetadata().issuer)
  assert.equal(frames[i].searchParams.get('sid'), sid)
}
// The page may frame these sites only.
assert.match(page.response.headers.get('content-security-policy'), /frame-src 'self' https:\/\/rp\.example\.com http:\/\/other\.example\.com(;|$)/)
// The session is over before anybody goes on.
assert.equal((await ask(browser, config, { prompt: 'none' })).left.searchParams.get('error'), 'login_required')
const on = await browser.go(page.url, { method: 'POST', body: new URLSearchParams({ component: 'ak-provider-iframe-logout' }) })
assert.equal(on.left.href, `${bye}?state=x`)

// A session without such applications sees no such page.
const quiet = new Browser()
await quiet.signIn()
const others = await (await ask(quiet, silent)).redeem()
assert.equal((await quiet.go(client.buildEndSessionUrl(silent, { id_token_hint: others.id_token, post_logout_redirect_uri: bye }))).left.href, bye)
