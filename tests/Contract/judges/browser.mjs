// A browser as far as protocols need one: keeps cookies, follows redirects on the server, and stops where it would leave it.
export const settings = JSON.parse(process.env.SETTINGS)

export class Browser {
  cookies = new Map()

  async go(url, init = {}) {
    for (let hops = 0; hops < 10; hops++) {
      const target = new URL(url, settings.origin)
      if (target.origin !== settings.origin) return { left: target }
      const response = await fetch(target, { ...init, redirect: 'manual', headers: { ...init.headers, cookie: [...this.cookies].map(([n, v]) => `${n}=${v}`).join('; ') } })
      for (const line of response.headers.getSetCookie()) {
        const [name, value] = line.split(';')[0].split(/=(.*)/s)
        value ? this.cookies.set(name, value) : this.cookies.delete(name)
      }
      const to = response.headers.get('location')
      if (!to) return { response, text: await response.text(), url: target }
      url = new URL(to, target)
      init = {}
    }
    throw new Error('Too many redirects')
  }

  signIn(user = settings.user) {
    return this.go(`/test/in?user=${user}`)
  }
}

// What a form_post page would send.
export function formOf(html) {
  const action = html.match(/<form[^>]*action="([^"]*)"/)[1].replaceAll('&amp;', '&')
  const fields = [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(m => [m[1], m[2].replaceAll('&quot;', '"').replaceAll('&amp;', '&').replaceAll('&#x2B;', '+')])
  return { action, fields: new URLSearchParams(fields) }
}
