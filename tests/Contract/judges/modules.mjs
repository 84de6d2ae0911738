// The modules of the OpenID Foundation's conformance plans, by their names there; SETTINGS says which one to run, and in which response mode.
import assert from 'node:assert/strict'
import * as client from 'openid-client'
import * as jose from 'jose'
import { Browser, formOf, settings } from './browser.mjs'

const issuer = new URL(`/application/o/${settings.slug}/`, settings.origin)
const relax = { execute: [client.allowInsecureRequests] }
let config = await client.discovery(issuer, settings.client_id, undefined, client.ClientSecretBasic(settings.client_secret), relax)
const metadata = config.serverMetadata()
const [redirect_uri, bye] = ['https://rp.example.com/cb', 'https://rp.example.com/bye']
const browser = new Browser()

// Sends an authorization request; what comes back at the redirect address is in `left`, whichever mode brought it.
async function ask(more = {}, drop = []) {
  const verifier = client.randomPKCECodeVerifier()
  const all = { redirect_uri, scope: 'openid', state: client.randomState(), nonce: client.randomNonce(), code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256', ...(settings.mode ? { response_mode: settings.mode } : {}), ...more }
  for (const name of drop) delete all[name]
  const url = client.buildAuthorizationUrl(config, all)
  for (const name of drop) url.searchParams.delete(name)
  return received({ verifier, all, url, ...(await browser.go(url)) })
}
function received(answer) {
  if (!settings.mode || answer.left || answer.response.status !== 200 || !answer.text.includes(`action="${redirect_uri}"`)) return answer
  const left = new URL(redirect_uri)
  left.search = formOf(answer.text).fields
  return { ...answer, left }
}
const redeem = (a, more) => client.authorizationCodeGrant(config, a.left, { pkceCodeVerifier: a.verifier, expectedState: a.all.state, expectedNonce: a.all.nonce, ...more })
const error = a => a.left?.searchParams.get('error')
const userinfo = (token, init = {}) => fetch(metadata.userinfo_endpoint, { headers: { authorization: `Bearer ${token}` }, ...init })
const refused = (promise, code = 'invalid_grant') => assert.rejects(promise, e => e.error === code)
const keys = async () => (await (await fetch(metadata.jwks_uri)).json()).keys
const later = seconds => browser.go(`/test/later?seconds=${seconds}`)
// A page that shows an error and leads nowhere.
const stays = a => assert.ok(!a.left && a.response.status === 400, `${a.left} ${a.response?.status}`)
async function passes(more, drop) {
  const tokens = await redeem(await ask(more, drop))
  assert.equal(typeof tokens.access_token, 'string')
  return tokens
}
async function claimsOf(scope) {
  const tokens = await passes({ scope })
  return client.fetchUserInfo(config, tokens.access_token, tokens.claims().sub)
}
async function signsInAgain(more, before) {
  const asked = await ask(more)
  assert.match(asked.response.url, /\/if\/flow\//)
  const next = new URL(asked.response.url).searchParams.get('next')
  assert.match((await browser.go(next)).response.url, /\/if\/flow\//, 'going back without signing in does not help')
  await browser.signIn()
  const tokens = await redeem(received({ ...asked, ...(await browser.go(next)) }), more.max_age ? { maxAge: +more.max_age } : {})
  assert.ok(tokens.claims().auth_time >= before.claims().auth_time)
}
async function end(parameters, method = 'GET') {
  const url = new URL(metadata.end_session_endpoint)
  if (method === 'GET') url.search = new URLSearchParams(parameters)
  return browser.go(url, method === 'GET' ? {} : { method, body: new URLSearchParams(parameters) })
}
const isIn = async () => (await ask({ prompt: 'none' })).left.searchParams.has('code')
const isOut = async () => assert.equal(error(await ask({ prompt: 'none' })), 'login_required')

const basic = {
  'oidcc-server': async () => {
    const asked = await ask({ scope: 'openid email' })
    assert.equal(asked.left.searchParams.get('state'), asked.all.state)
    const tokens = await redeem(asked)
    const [claims, now] = [tokens.claims(), Math.floor(Date.now() / 1000)]
    assert.deepEqual([claims.iss, claims.aud, claims.nonce], [issuer.href, settings.client_id, asked.all.nonce])
    assert.ok(claims.exp > now && Math.abs(claims.iat - now) < 300)
    const half = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(tokens.access_token))
    assert.equal(claims.at_hash, jose.base64url.encode(new Uint8Array(half).slice(0, 16)))
    assert.equal((await client.fetchUserInfo(config, tokens.access_token, claims.sub)).sub, claims.sub)
  },
  'oidcc-response-type-missing': async () => assert.equal(error(await ask({}, ['response_type'])), 'invalid_request'),
  'oidcc-idtoken-signature': async () => {
    const { id_token } = await passes()
    const { protectedHeader } = await jose.jwtVerify(id_token, jose.createLocalJWKSet({ keys: await keys() }), { issuer: issuer.href, audience: settings.client_id })
    assert.equal(protectedHeader.alg, 'RS256')
    assert.ok((await keys()).some(k => k.kid === protectedHeader.kid))
  },
  'oidcc-idtoken-unsigned': async () => assert.ok(!metadata.id_token_signing_alg_values_supported.includes('none')),
  'oidcc-userinfo-get': async () => assert.equal((await userinfo((await passes()).access_token)).status, 200),
  'oidcc-userinfo-post-header': async () => assert.equal((await userinfo((await passes()).access_token, { method: 'POST' })).status, 200),
  'oidcc-userinfo-post-body': async () => {
    const { access_token } = await passes()
    assert.equal((await fetch(metadata.userinfo_endpoint, { method: 'POST', body: new URLSearchParams({ access_token }) })).status, 200)
  },
  'oidcc-ensure-request-without-nonce-succeeds-for-code-flow': async () => {
    const asked = await ask({}, ['nonce'])
    assert.equal((await redeem(asked)).claims().nonce, undefined)
  },
  'oidcc-scope-profile': async () => {
    const { name, preferred_username } = await claimsOf('openid profile')
    assert.deepEqual([name, preferred_username], ['Jane Smith', 'jane'])
  },
  'oidcc-scope-email': async () => assert.equal((await claimsOf('openid email')).email, 'jane@example.com'),
  // Scopes that are not advertised are dropped and break nothing.
  'oidcc-scope-address': async () => assert.equal((await claimsOf('openid address')).address, undefined),
  'oidcc-scope-phone': async () => assert.equal((await claimsOf('openid phone')).phone_number, undefined),
  'oidcc-scope-all': async () => {
    const all = await claimsOf('openid profile email address phone')
    assert.deepEqual([all.name, all.email], ['Jane Smith', 'jane@example.com'])
  },
  'oidcc-alternate-happy-flow': async () => {
    const person = await claimsOf('email profile openid')
    assert.deepEqual([person.name, person.email], ['Jane Smith', 'jane@example.com'])
  },
  'oidcc-display-page': () => passes({ display: 'page' }),
  'oidcc-display-popup': () => passes({ display: 'popup' }),
  'oidcc-prompt-login': async () => signsInAgain({ prompt: 'login' }, await passes()),
  'oidcc-prompt-none-not-logged-in': async () => {
    browser.cookies.clear()
    assert.equal(error(await ask({ prompt: 'none' })), 'login_required')
  },
  'oidcc-prompt-none-logged-in': async () => {
    const first = await passes()
    assert.equal((await passes({ prompt: 'none' })).claims().sub, first.claims().sub)
  },
  'oidcc-max-age-1': async () => {
    const first = await passes()
    await later(2)
    await signsInAgain({ max_age: '1' }, first)
  },
  'oidcc-max-age-10000': async () => {
    const first = await passes()
    const again = await redeem(await ask({ max_age: '10000' }), { maxAge: 10000 })
    assert.deepEqual([again.claims().auth_time, again.claims().sub], [first.claims().auth_time, first.claims().sub])
  },
  'oidcc-ensure-request-with-unknown-parameter-succeeds': () => passes({ extra: 'foobar' }),
  'oidcc-id-token-hint': async () => {
    const first = await passes()
    assert.equal((await passes({ prompt: 'none', id_token_hint: first.id_token })).claims().sub, first.claims().sub)
  },
  'oidcc-login-hint': () => passes({ login_hint: 'jane@example.com' }),
  'oidcc-ui-locales': () => passes({ ui_locales: 'se' }),
  'oidcc-claims-locales': () => passes({ claims_locales: 'se' }),
  'oidcc-ensure-request-with-acr-values-succeeds': async () => assert.equal(typeof (await passes({ acr_values: metadata.acr_values_supported[0] })).claims().acr, 'string'),
  'oidcc-codereuse': async () => {
    const asked = await ask()
    await redeem(asked)
    await refused(redeem(asked))
  },
  'oidcc-codereuse-30seconds': async () => {
    const asked = await ask()
    const { access_token } = await redeem(asked)
    await later(30)
    await refused(redeem(asked))
    assert.equal((await userinfo(access_token)).status, 401)
  },
  'oidcc-ensure-registered-redirect-uri': async () => stays(await ask({ redirect_uri: 'https://rp.example.com/other' })),
  'oidcc-ensure-post-request-succeeds': async () => {
    const asked = await ask()
    const body = new URLSearchParams({ ...asked.all, client_id: settings.client_id, response_type: 'code' })
    await redeem(received({ ...asked, ...(await browser.go(metadata.authorization_endpoint, { method: 'POST', body })) }))
  },
  'oidcc-server-client-secret-post': async () => {
    const other = await client.discovery(issuer, settings.client_id, undefined, client.ClientSecretPost(settings.client_secret), relax)
    const asked = await ask()
    assert.ok((await client.authorizationCodeGrant(other, asked.left, { pkceCodeVerifier: asked.verifier, expectedState: asked.all.state, expectedNonce: asked.all.nonce })).id_token)
  },
  'oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported': async () => assert.equal(error(await ask({ request_uri: 'https://rp.example.com/request' })), 'request_uri_not_supported'),
  'oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported': async () =>
    assert.equal(error(await ask({ request: new jose.UnsecuredJWT({ scope: 'openid' }).encode() })), 'request_not_supported'),
  'oidcc-claims-essential': async () => {
    const tokens = await passes({ scope: 'openid profile', claims: JSON.stringify({ userinfo: { name: { essential: true } } }) })
    assert.equal((await client.fetchUserInfo(config, tokens.access_token, tokens.claims().sub)).name, 'Jane Smith')
  },
  'oidcc-ensure-request-object-with-redirect-uri': async () => {
    const request = new jose.UnsecuredJWT({ redirect_uri: 'https://evil.example.com/' }).encode()
    const answer = await ask({ request })
    assert.equal(answer.left.origin, 'https://rp.example.com')
    assert.equal(error(answer), 'request_not_supported')
  },
  'oidcc-refresh-token': async () => {
    const first = await passes({ scope: 'openid offline_access' })
    const second = await client.refreshTokenGrant(config, first.refresh_token)
    assert.deepEqual([second.claims().sub, second.claims().iss, second.claims().auth_time], [first.claims().sub, first.claims().iss, first.claims().auth_time])
    const stranger = await client.discovery(issuer, settings.other.client_id, undefined, client.ClientSecretBasic(settings.other.client_secret), relax)
    await refused(client.refreshTokenGrant(stranger, second.refresh_token))
    assert.ok((await client.refreshTokenGrant(config, second.refresh_token)).access_token)
  },
  'oidcc-ensure-request-with-valid-pkce-succeeds': () => passes(),
}

const discovery = {
  'oidcc-discovery-endpoint-verification': async () => {
    const response = await fetch(new URL('.well-known/openid-configuration', issuer))
    assert.equal(response.status, 200)
    assert.match(response.headers.get('content-type'), /^application\/json/)
    const document = await response.json()
    assert.equal(document.issuer, issuer.href)
    for (const name of ['authorization_endpoint', 'token_endpoint', 'userinfo_endpoint', 'jwks_uri', 'end_session_endpoint', 'introspection_endpoint', 'revocation_endpoint', 'device_authorization_endpoint', 'pushed_authorization_request_endpoint'])
      assert.equal(new URL(document[name]).origin, settings.origin, name)
    for (const name of ['response_types_supported', 'subject_types_supported', 'id_token_signing_alg_values_supported', 'claims_supported', 'grant_types_supported', 'code_challenge_methods_supported', 'token_endpoint_auth_methods_supported'])
      assert.ok(Array.isArray(document[name]) && document[name].length > 0 && new Set(document[name]).size === document[name].length, name)
    assert.ok(document.scopes_supported.includes('openid') && document.scopes_supported.every(s => /^[\x21\x23-\x5B\x5D-\x7E]+$/.test(s)))
    assert.ok(document.id_token_signing_alg_values_supported.includes('RS256'))
    assert.ok(document.grant_types_supported.includes('authorization_code'))
    const all = await keys()
    assert.equal(new Set(all.map(k => k.kid)).size, all.length)
    for (const key of all) {
      assert.ok(!['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'].some(m => m in key), 'a private part is published')
      assert.ok(['sig', 'enc'].includes(key.use))
      await jose.importJWK(key)
    }
  },
}

const logout = {
  'oidcc-rp-initiated-logout-discovery-endpoint-verification': () => assert.equal(new URL(metadata.end_session_endpoint).origin, settings.origin),
  'oidcc-rp-initiated-logout': async () => {
    const { id_token } = await passes()
    const { left } = await end({ id_token_hint: id_token, post_logout_redirect_uri: bye, state: 'a b&c' })
    assert.deepEqual([left.origin + left.pathname, left.searchParams.get('state')], [bye, 'a b&c'])
    await isOut()
  },
  'oidcc-rp-initiated-logout-bad-post-logout-redirect-uri': async () => {
    const { id_token } = await passes()
    assert.ok(!(await end({ id_token_hint: id_token, post_logout_redirect_uri: 'https://evil.example.com/', state: 's' })).left)
  },
  'oidcc-rp-initiated-logout-modified-id-token-hint': async () => {
    const { id_token } = await passes()
    const hint = `${jose.base64url.encode('{"alg":"none"}')}.${id_token.split('.')[1]}.`
    assert.ok(!(await end({ id_token_hint: hint, post_logout_redirect_uri: bye, state: 's' })).left)
    assert.ok(await isIn())
  },
  'oidcc-rp-initiated-logout-no-id-token-hint': async () => {
    await passes()
    assert.ok(!(await end({ post_logout_redirect_uri: bye, state: 's' })).left, 'the person is asked first')
    assert.ok(await isIn())
  },
  'oidcc-rp-initiated-logout-no-params': async () => {
    await passes()
    const page = await end({})
    assert.ok(!page.left && page.response.status === 200, 'the person is asked first')
    assert.ok(await isIn())
  },
  'oidcc-rp-initiated-logout-no-post-logout-redirect-uri': async () => {
    const { id_token } = await passes()
    assert.ok(!(await end({ id_token_hint: id_token, state: 's' })).left)
    await isOut()
  },
  'oidcc-rp-initiated-logout-no-state': async () => {
    const { id_token } = await passes()
    const { left } = await end({ id_token_hint: id_token, post_logout_redirect_uri: bye }, 'POST')
    assert.equal(left.href, bye)
    await isOut()
  },
  'oidcc-rp-initiated-logout-only-state': async () => {
    await passes()
    assert.ok(!(await end({ state: 's' })).left)
    assert.ok(await isIn())
  },
  'oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri': async () => {
    const { id_token } = await passes()
    assert.ok(!(await end({ id_token_hint: id_token, post_logout_redirect_uri: `${bye}?foo=bar`, state: 's' })).left)
  },
  'oidcc-rp-initiated-logout-bad-id-token-hint': async () => {
    const { id_token } = await passes()
    assert.ok(!(await end({ id_token_hint: `${id_token.slice(0, -6)}AAAAAA`, post_logout_redirect_uri: bye, state: 's' })).left)
    assert.ok(await isIn())
  },
}

// A client that registered itself; from then on it is the one that asks.
async function register(more = {}) {
  const { access_token } = await passes({ scope: 'openid goauthentik.io/oidc/dcr' })
  config = await client.dynamicClientRegistration(issuer, { redirect_uris: [redirect_uri], ...more }, undefined, { initialAccessToken: access_token, ...relax })
}
const change = async fields => {
  const response = await fetch(`${settings.origin}/api/v3/providers/oauth2/${settings.pk}/`, { method: 'PATCH', headers: { authorization: `Bearer ${settings.token}`, 'content-type': 'application/json' }, body: JSON.stringify(fields) })
  assert.ok(response.ok, await response.text())
}

const dynamic = {
  'oidcc-ensure-redirect-uri-in-authorization-request': async () => {
    await register()
    stays(await ask({}, ['redirect_uri']))
  },
  'oidcc-redirect-uri-query-OK': async () => {
    const own = `${redirect_uri}?foo=bar`
    await register({ redirect_uris: [own] })
    const { left, verifier } = await ask({ redirect_uri: own })
    assert.equal(left.searchParams.get('foo'), 'bar')
    const { client_id, client_secret } = config.clientMetadata()
    const body = new URLSearchParams({ grant_type: 'authorization_code', code: left.searchParams.get('code'), redirect_uri: own, code_verifier: verifier, client_id, client_secret })
    const response = await fetch(metadata.token_endpoint, { method: 'POST', body })
    assert.equal(typeof (await response.json()).id_token, 'string')
  },
  'oidcc-redirect-uri-query-mismatch': async () => {
    await register({ redirect_uris: [`${redirect_uri}?foo=bar`] })
    stays(await ask({ redirect_uri: `${redirect_uri}?foo=baz` }))
  },
  'oidcc-redirect-uri-query-added': async () => {
    await register()
    // Its tokens are of the issuer at which it registered, signed by a key of that issuer.
    await passes()
    stays(await ask({ redirect_uri: `${redirect_uri}?foo=bar` }))
  },
  'oidcc-redirect-uri-regfrag': () => refused(register({ redirect_uris: [`${redirect_uri}#foo`] }), 'invalid_redirect_uri'),
  'oidcc-server-rotate-keys': async () => {
    const [before, first] = [await keys(), await passes()]
    await change({ signing_key: settings.next_key })
    const after = await keys()
    assert.ok(before.every(old => after.some(k => k.kid === old.kid)), 'the old key stays published')
    const local = jose.createLocalJWKSet({ keys: after })
    const second = await passes()
    const [old, now] = [await jose.jwtVerify(first.id_token, local), await jose.jwtVerify(second.id_token, local)]
    assert.notEqual(now.protectedHeader.kid, old.protectedHeader.kid)
  },
  'oidcc-ensure-client-assertion-with-iss-aud-succeeds': async () => {
    const { privateKey, publicKey } = await jose.generateKeyPair('ES256', { extractable: true })
    await change({ jwks: { keys: [{ ...await jose.exportJWK(publicKey), kid: 'own' }] } })
    const way = client.PrivateKeyJwt({ key: privateKey, kid: 'own' }, { [client.modifyAssertion]: (_, payload) => { payload.aud = issuer.href } })
    config = await client.discovery(issuer, settings.client_id, undefined, way, relax)
    await passes()
  },
}

// Which the contract tests run elsewhere, because another program must listen: back-channel and front-channel logout.
const all = { ...basic, ...discovery, ...logout, ...dynamic }
if (settings.module === 'names') {
  console.log(JSON.stringify(Object.keys(all)))
} else {
  assert.ok(all[settings.module], `There is no module ${settings.module}`)
  await browser.signIn()
  await all[settings.module]()
}
