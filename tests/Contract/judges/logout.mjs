// RP-initiated logout: good requests go back to the application, bad ones nowhere.
import assert from 'node:assert/strict'
import * as client from 'openid-client'
import { Browser, settings } from './browser.mjs'

const issuer = new URL(`/application/o/${settings.slug}/`, settings.origin)
const config = await client.discovery(issuer, settings.client_id, settings.client_secret, undefined, { execute: [client.allowInsecureRequests] })

async function signedIn() {
  const browser = new Browser()
  await browser.signIn()
  const verifier = client.randomPKCECodeVerifier()
  const code_challenge = await client.calculatePKCECodeChallenge(verifier)
  const { left } = await browser.go(client.buildAuthorizationUrl(config, { redirect_uri: 'https://rp.example.com/cb', scope: 'openid', code_challenge, code_challenge_method: 'S256' }))
  return { browser, tokens: await client.authorizationCodeGrant(config, left, { pkceCodeVerifier: verifier }) }
}
async function isSignedIn(browser) {
  const verifier = client.randomPKCECodeVerifier()
  const code_challenge = await client.calculatePKCECodeChallenge(verifier)
  const { left } = await browser.go(client.buildAuthorizationUrl(config, { redirect_uri: 'https://rp.example.com/cb', scope: 'openid', prompt: 'none', code_challenge, code_challenge_method: 'S256' }))
  return left.searchParams.get('error') !== 'login_required'
}
const bye = 'https://rp.example.com/bye'

const { browser, tokens } = await signedIn()
const { left } = await browser.go(client.buildEndSessionUrl(config, { id_token_hint: tokens.id_token, post_logout_redirect_uri: bye, state: 'a b&c' }))
assert.equal(left.href, `${bye}?state=a%20b%26c`)
assert.equal(await isSignedIn(browser), false)
assert.equal((await fetch(config.serverMetadata().userinfo_endpoint, { headers: { authorization: `Bearer ${tokens.access_token}` } })).status, 401)
// Once more: nobody is signed in, so there is nothing to ask.
assert.equal((await browser.go(client.buildEndSessionUrl(config, { id_token_hint: tokens.id_token, post_logout_redirect_uri: bye }))).left.href, bye)

const other = await signedIn()
const forged = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${other.tokens.id_token.split('.')[1]}.`
for (const bad of [{ id_token_hint: other.tokens.id_token, post_logout_redirect_uri: 'https://evil.example.com/' }, { id_token_hint: other.tokens.id_token, post_logout_redirect_uri: `${bye}?x=1` },
  { id_token_hint: forged, post_logout_redirect_uri: bye }, { id_token_hint: 'nonsense', post_logout_redirect_uri: bye }]) {
  const answer = await other.browser.go(client.buildEndSessionUrl(config, bad))
  assert.match(answer.text, /Logout Error/)
  assert.equal(await isSignedIn(other.browser), true)
}
// Without a hint the person is asked first, also with a hint of another session.
for (const vague of [{}, { state: 'x' }, { post_logout_redirect_uri: bye }, { id_token_hint: tokens.id_token, post_logout_redirect_uri: bye }]) {
  const answer = await other.browser.go(client.buildEndSessionUrl(config, vague))
  assert.match(answer.text, /Sign out\?/)
  assert.equal(await isSignedIn(other.browser), true)
}
const page = await other.browser.go(client.buildEndSessionUrl(config, { post_logout_redirect_uri: bye }))
const confirmation = page.text.match(/name="confirmation" value="([^"]*)"/)[1]
const wrong = await other.browser.go(page.url.pathname, { method: 'POST', body: new URLSearchParams({ confirmation: 'wrong', post_logout_redirect_uri: bye }) })
assert.match(wrong.text, /Sign out\?/)
const done = await other.browser.go(page.url.pathname, { method: 'POST', body: new URLSearchParams({ confirmation, post_logout_redirect_uri: bye }) })
assert.equal(done.left.href, bye)
assert.equal(await isSignedIn(other.browser), false)
