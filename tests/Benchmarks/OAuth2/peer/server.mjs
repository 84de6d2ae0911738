// Node's oidc-provider on PostgreSQL: one client, tokens for one account. Settings come by environment: PORT, ALG, PGHOST, PGUSER, PGDATABASE, TOKENS.
// Prints one line of JSON when it listens: access and refresh tokens that it made.
import crypto from 'node:crypto'
import Provider from 'oidc-provider'
import pg from 'pg'

const { PORT, ALG, TOKENS } = process.env
const pool = new pg.Pool({ max: 16 })
await pool.query(`
  CREATE TABLE IF NOT EXISTS stored (kind text, id text, payload jsonb NOT NULL, grant_id text, expires timestamptz, consumed timestamptz, PRIMARY KEY (kind, id));
  CREATE INDEX IF NOT EXISTS stored_grant ON stored (grant_id);
  CREATE TABLE IF NOT EXISTS account (id text PRIMARY KEY, name text NOT NULL, email text NOT NULL);
  INSERT INTO account VALUES ('jane', 'Jane Smith', 'jane@example.com') ON CONFLICT DO NOTHING`)

// Statements with names are prepared once on each connection.
const run = (name, text, values) => pool.query({ name, text, values })

class Adapter {
  constructor(kind) {
    this.kind = kind
  }

  upsert(id, payload, seconds) {
    const expires = seconds ? new Date(Date.now() + seconds * 1000) : null
    return run('upsert', `INSERT INTO stored VALUES ($1, $2, $3, $4, $5) ON CONFLICT (kind, id) DO UPDATE SET payload = excluded.payload, grant_id = excluded.grant_id, expires = excluded.expires`,
      [this.kind, id, payload, payload.grantId ?? null, expires])
  }

  async find(id) {
    const { rows: [row] } = await run('find', 'SELECT payload, expires, consumed FROM stored WHERE kind = $1 AND id = $2', [this.kind, id])
    if (!row || (row.expires && row.expires < new Date())) return undefined
    return row.consumed ? { ...row.payload, consumed: Math.floor(row.consumed / 1000) } : row.payload
  }

  consume(id) {
    return run('consume', 'UPDATE stored SET consumed = now() WHERE kind = $1 AND id = $2', [this.kind, id])
  }

  destroy(id) {
    return run('destroy', 'DELETE FROM stored WHERE kind = $1 AND id = $2', [this.kind, id])
  }

  revokeByGrantId(grant) {
    return run('revoke', 'DELETE FROM stored WHERE grant_id = $1', [grant])
  }
}

const key = ALG === 'ES256' ? crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' }) : crypto.generateKeyPairSync('rsa', { modulusLength: 2048 })
const resource = 'urn:measured:api'
const lifetime = { AccessToken: 3600, ClientCredentials: 3600, IdToken: 3600, RefreshToken: 86400, Grant: 86400, Session: 86400, Interaction: 3600 }
const provider = new Provider(`http://127.0.0.1:${PORT}`, {
  adapter: Adapter,
  jwks: { keys: [{ ...key.privateKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: ALG }] },
  clients: [{
    client_id: 'measured', client_secret: 'a-secret-of-the-measurement-long-enough', redirect_uris: ['https://rp.example.com/cb'], response_types: ['code'],
    grant_types: ['authorization_code', 'refresh_token', 'client_credentials'], id_token_signed_response_alg: ALG,
  }],
  claims: { openid: ['sub'], profile: ['name', 'preferred_username'], email: ['email', 'email_verified'] },
  scopes: ['openid', 'profile', 'email', 'offline_access', 'api'],
  cookies: { keys: ['of no use here'] },
  ttl: lifetime,
  rotateRefreshToken: true,
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    introspection: { enabled: true },
    // Machines get signed tokens, as ours do.
    resourceIndicators: {
      enabled: true,
      defaultResource: ctx => ctx.oidc.params?.grant_type === 'client_credentials' ? resource : undefined,
      getResourceServerInfo: () => ({ scope: 'api', audience: resource, accessTokenFormat: 'jwt', jwt: { sign: { alg: ALG } } }),
    },
  },
  async findAccount(_, id) {
    const { rows: [found] } = await run('account', 'SELECT * FROM account WHERE id = $1', [id])
    return found && { accountId: id, claims: () => ({ sub: id, name: found.name, preferred_username: id, email: found.email, email_verified: true }) }
  },
})

const client = await provider.Client.find('measured')
const [scope, tokens] = ['openid profile email offline_access', { access: [], refresh: [] }]
for (let i = 0; i < +TOKENS; i++) {
  const grant = new provider.Grant({ clientId: client.clientId, accountId: 'jane' })
  grant.addOIDCScope(scope)
  const common = { accountId: 'jane', client, scope, grantId: await grant.save(), gty: 'authorization_code' }
  tokens.access.push(await new provider.AccessToken(common).save())
  tokens.refresh.push(await new provider.RefreshToken({ ...common, authTime: Math.floor(Date.now() / 1000), iiat: Math.floor(Date.now() / 1000) }).save())
}
provider.listen(+PORT, '127.0.0.1', () => console.log(JSON.stringify(tokens)))
