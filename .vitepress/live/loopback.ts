/**
 * The local site runs code of yours at each save, and its pages talk to it over
 * a socket. So it answers this machine only, and refuses to start otherwise.
 */
import type { ResolvedConfig } from 'vite'

type ServerSettings = Pick<ResolvedConfig['server'], 'host' | 'cors' | 'allowedHosts'>

export const loopback = '127.0.0.1'

/** Throws an error that names the setting when one opens the server to others. */
export function refuseOpenServer({ host, cors, allowedHosts }: ServerSettings): void {
  if (host !== loopback && host !== 'localhost') {
    throw new Error(
      `the local site answers ${loopback} only, and was asked to listen on ${JSON.stringify(host ?? 'every address')}: ` +
        'it runs code at each save, so nobody else may reach it. To show the book to others, build it with npm run site',
    )
  }
  if (cors === true) throw new Error('`server.cors: true` would let any web page read the local site: take it out')
  if (allowedHosts === true) {
    throw new Error(
      '`server.allowedHosts: true` would let any web page reach the local site by another name: take it out',
    )
  }
}
