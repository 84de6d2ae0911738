// The modules of the basic and form-post plans that concern the authorization endpoint.
import assert from 'node:assert/strict'
import * as client from 'openid-client'
import { Browser, formOf, settings } from './browser.mjs'

const issuer = new URL(`/application/o/${settings.slug}/`, settings.origin)
const config = await client.discovery(issuer, settings.client_id, undefined, client.ClientSecretBasic(settings.client_secret), { execute: [client.allowInsecureRequests] })
const redirect_uri = 'https://rp.example.com/cb'

async function ask(browser, more = {}, drop = []) {
  const verifier = client.randomPKCECodeVerifier()
  const all = { redirect_uri, scope: 'openid', state: client.randomState(), code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256', ...more }
  for (const name of drop) delete all[name]
  const url = client.buildAuthorizationUrl(config, all)
  for (const name of drop) url.searchParams.delete(name)
  return { verifier, all, url, ...(await browser.go(url)) }
}
const redeem = (a, more) => client.authorizationCodeGrant(config, a.left ?? a.url, { pkceCodeVerifier: a.verifier, expectedState: a.all.state, expectedNonce: a.all.nonce, ...more })
const error = a => a.left?.searchParams.get('error')

const browser = new Browser()

// prompt=none, nobody signed in
assert.equal(error(await ask(browser, { prompt: 'none' })), 'login_required')
await browser.signIn()

// prompt=none, signed in; then with id_token_hint; then with a hint of somebody else
const first = await redeem(await ask(browser, { prompt: 'none' }))
const again = await redeem(await ask(browser, { prompt: 'none', id_token_hint: first.id_token }))
assert.equal(again.claims().sub, first.claims().sub)
assert.equal(error(await ask(browser, { prompt: 'none', id_token_hint: first.id_token.slice(0, -4) + 'AAAA' })), 'invalid_request')
// code without nonce: none is made up
assert.equal(again.claims().nonce, undefined)

// response_type missing
assert.equal(error(await ask(browser, {}, ['response_type'])), 'invalid_request')
assert.equal(error(await ask(browser, { response_type: 'cheese' })), 'unsupported_response_type')
// implicit and hybrid are switched off
assert.equal(new URLSearchParams((await ask(browser, { response_type: 'id_token', nonce: 'n' })).left.hash.slice(1)).get('error'), 'unauthorized_client')

// scopes
const all = await redeem(await ask(browser, { scope: 'email openid unknown profile' }))
assert.equal(all.scope, 'email openid profile')
const person = await client.fetchUserInfo(config, all.access_token, all.claims().sub)
assert.deepEqual([person.name, person.email, person.preferred_username], ['Jane Smith', 'jane@example.com', 'jane'])
// userinfo by POST, token in header and in body; not in the address
const userinfo = config.serverMetadata().userinfo_endpoint
assert.equal((await fetch(userinfo, { method: 'POST', headers: { authorization: `Bearer ${all.access_token}` } })).status, 200)
assert.equal((await fetch(userinfo, { method: 'POST', body: new URLSearchParams({ access_token: all.access_token }) })).status, 200)
const refused = await fetch(`${userinfo}?access_token=${all.access_token}`)
assert.equal(refused.status, 401)
assert.match(refused.headers.get('www-authenticate'), /^Bearer/)

// parameters that must not break anything
for (const more of [{ display: 'page' }, { display: 'popup' }, { ui_locales: 'se' }, { claims_locales: 'se' }, { acr_values: '1 2' }, { login_hint: 'jane@example.com' }, { extra: 'foobar' },
  { claims: JSON.stringify({ id_token: { name: { essential: true } } }), scope: 'openid profile' }])
  assert.equal(typeof (await redeem(await ask(browser, more))).access_token, 'string')

// max_age: old enough sign-in passes; too old asks again
const aged = await redeem(await ask(browser, { max_age: '10000' }), { maxAge: 10000 })
assert.equal(aged.claims().auth_time, first.claims().auth_time)
assert.equal(error(await ask(browser, { max_age: 'soon' })), 'invalid_request')

// prompt=login: a page to sign in, and a newer sign-in afterwards
const login = await ask(browser, { prompt: 'login' })
assert.match(login.response.url, /\/if\/flow\//)
const back = login.response.url && new URL(login.response.url).searchParams.get('next')
assert.match((await browser.go(back)).response.url, /\/if\/flow\//, 'going back without signing in does not help')
await browser.signIn()
const renewed = await redeem({ ...login, left: (await browser.go(back)).left })
assert.ok(renewed.claims().auth_time >= first.claims().auth_time)

// request objects and foreign request_uris are refused
assert.equal(error(await ask(browser, { request: 'e30.e30.' })), 'request_not_supported')
assert.equal(error(await ask(browser, { request_uri: 'https://rp.example.com/request' })), 'request_uri_not_supported')

// the redirect address: an error page, never a redirect
for (const bad of ['https://evil.example.com/', 'https://rp.example.com/cb/', 'https://rp.example.com/cb?x=1', 'https://rp.example.com/CB', 'https://rp.example.com/cb#x', 'javascript:alert(1)', 'https://rp.example.com@evil.example.com/cb', 'https://rp.example.com/cb\\@evil'])
  assert.match((await ask(browser, { redirect_uri: bad })).text, /Redirect URI Error/, bad)
assert.match((await ask(browser, {}, ['redirect_uri'])).text, /Redirect URI Error/)
assert.match((await ask(browser, { client_id: 'nobody' })).text, /Client ID Error/)

// PKCE: plain is off, malformed challenges are refused
assert.equal(error(await ask(browser, { code_challenge_method: 'plain' })), 'invalid_request')
assert.equal(error(await ask(browser, { code_challenge: 'short' })), 'invalid_request')
// the wrong verifier, none, and one where no challenge was
const pair = { code_challenge_method: 'S256' }
await assert.rejects(redeem({ ...(await ask(browser)), verifier: client.randomPKCECodeVerifier() }), e => e.error === 'invalid_grant')
const bare = await ask(browser, {}, ['code_challenge', 'code_challenge_method'])
await assert.rejects(redeem(bare), e => e.error === 'invalid_grant')
void pair

// POST to the authorization endpoint
const post = await browser.go('/application/o/authorize/', { method: 'POST', body: new URLSearchParams({ ...(await ask(browser)).all, client_id: settings.client_id, response_type: 'code' }) })
assert.ok(post.left.searchParams.get('code'))
// repeated parameters
const twice = (await ask(browser)).url
twice.searchParams.append('scope', 'openid')

// form_post, with a state that is no HTML
const state = '"><script>alert(1)</script>&amp;'
const form = await ask(browser, { response_mode: 'form_post', state })
const { action, fields } = formOf(form.text)
assert.equal(action, redirect_uri)
assert.equal(fields.get('iss'), issuer.href)
assert.ok(!form.text.includes('<script>alert'))
const params = new URL(redirect_uri)
params.search = new URLSearchParams({ code: fields.get('code'), state: 'x', iss: fields.get('iss') })
assert.ok((await client.authorizationCodeGrant(config, params, { pkceCodeVerifier: form.verifier, expectedState: 'x' })).id_token)

// code reuse: refused, and the first access token dies
const once = await ask(browser)
const used = await redeem(once)
assert.equal((await fetch(userinfo, { headers: { authorization: `Bearer ${used.access_token}` } })).status, 200)
await assert.rejects(redeem(once), e => e.error === 'invalid_grant')
assert.equal((await fetch(userinfo, { headers: { authorization: `Bearer ${used.access_token}` } })).status, 401)
