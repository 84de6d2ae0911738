import assert from 'node:assert/strict'
import * as client from 'openid-client'
import { Browser, settings } from './browser.mjs'

const issuer = new URL(`/application/o/${settings.slug}/`, settings.origin)
const config = await client.discovery(issuer, settings.client_id, settings.client_secret, undefined, { execute: [client.allowInsecureRequests] })
const verifier = client.randomPKCECodeVerifier()
const [state, nonce] = [client.randomState(), client.randomNonce()]
const parameters = { redirect_uri: 'https://rp.example.com/cb', scope: 'openid email', code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256', state, nonce }

// Nobody is signed in: the request survives the way through sign-in.
const browser = new Browser()
const url = await client.buildAuthorizationUrlWithPAR(config, parameters)
assert.deepEqual([...url.searchParams.keys()].sort(), ['client_id', 'request_uri'])
const page = await browser.go(url)
assert.match(page.url.pathname, /^\/if\/flow\//)
const next = page.url.searchParams.get('next')
await browser.signIn()
const { left } = await browser.go(next)
const tokens = await client.authorizationCodeGrant(config, left, { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true })
assert.equal(tokens.claims().email, 'jane@example.com')

// A pushed request is good for one answer.
assert.match((await browser.go(url)).text, /used already/)

// It belongs to the client that pushed it.
const other = await client.buildAuthorizationUrlWithPAR(config, parameters)
other.searchParams.set('client_id', 'somebody-else')
assert.match((await browser.go(other)).text, /used already/)

// Without being pushed the request is refused, at the application.
const plain = (await browser.go(client.buildAuthorizationUrl(config, parameters))).left
assert.equal(plain.searchParams.get('error'), 'invalid_request')
assert.equal(plain.searchParams.get('iss'), issuer.href)

// What would be refused at the authorization endpoint is refused when it is pushed.
await assert.rejects(client.buildAuthorizationUrlWithPAR(config, { ...parameters, redirect_uri: 'https://evil.example.com/' }), e => e.error === 'invalid_request')
await assert.rejects(client.buildAuthorizationUrlWithPAR(config, { ...parameters, code_challenge_method: 'plain' }), e => e.error === 'invalid_request')
