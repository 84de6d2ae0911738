// A mail server of another maker (Nodemailer's smtp-server) that takes mail over TLS from people who sign in, and prints what it took, a line of JSON each.
import { readFileSync } from 'node:fs'
import { SMTPServer } from 'smtp-server'

const settings = JSON.parse(process.env.SETTINGS)
const say = line => process.stdout.write(JSON.stringify(line) + '\n')

const server = new SMTPServer({
  key: readFileSync(settings.key),
  cert: readFileSync(settings.certificate),
  secure: settings.secure,
  authMethods: settings.methods,
  authOptional: false,
  allowInsecureAuth: false,
  onAuth(given, session, answer) {
    if (given.username !== 'postern' || given.password !== 'pässword') return answer(new Error('Invalid username or password'))
    answer(null, { user: given.username })
  },
  onData(stream, session, answer) {
    const parts = []
    stream.on('data', part => parts.push(part))
    stream.on('end', () => {
      say({
        user: session.user, tls: session.tlsOptions?.version ?? session.secure, method: session.transmissionType, from: session.envelope.mailFrom.address,
        to: session.envelope.rcptTo.map(r => r.address), raw: Buffer.concat(parts).toString('utf8'),
      })
      answer()
    })
  },
})
server.on('error', () => { })
server.listen(0, '127.0.0.1', () => say({ port: server.server.address().port }))
process.stdin.on('end', () => process.exit(0)).resume()
