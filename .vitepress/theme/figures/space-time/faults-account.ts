/** What the figure of faults says in words about one moment. */
import type { TraceEvent } from '#message-passing/trace'
import type { Standing } from './count-to-ten.ts'
import { COUNT_TO } from './setups.ts'

const REQUESTS = 'client server'
const ANSWERS = 'server client'

export function sentenceOf(standing: Standing, events: readonly TraceEvent[], nowMs: number): string {
  const { told, counted, clientUp, serverUp, serverPaused, held, cut } = standing
  if (!clientUp) return 'The client is down, and how far it had come is forgotten.'
  if (!serverUp) return 'The server is down. What it had counted is gone, and messages that arrive find nobody.'
  if (serverPaused) return 'The server is paused. To the client that looks like a loss, or like a crash.'
  if (held.has(ANSWERS)) {
    return `Answers are held back. The client takes silence for loss and asks again, and the server has counted ${counted} by now.`
  }
  if (held.has(REQUESTS)) return 'Requests are held back. Released, they will arrive all at once.'
  if (cut.has(ANSWERS)) return `Answers are cut off. The server counts on, ${counted} by now, and can't say so.`
  if (cut.has(REQUESTS)) return 'Requests are cut off: what is sent now is lost, and the client asks again and again.'
  return counted - told > 1 || told === COUNT_TO ? outcome(told, counted) : progress(standing, events, nowMs)
}

function progress({ told, counted }: Standing, events: readonly TraceEvent[], nowMs: number): string {
  const lost = events.filter((event) => event.kind === 'lose' && event.atMs <= nowMs).length
  const losses =
    lost === 0 ? 'No message is lost so far' : `${lost === 1 ? '1 message is' : `${lost} messages are`} lost so far`
  return `${losses}. The server has counted ${counted}, and the client has heard of ${told}.`
}

function outcome(told: number, counted: number): string {
  if (counted === told) return `The client has counted to ${told}, and so has the server.`
  if (counted < told)
    return `The client has been told of ${told}, and the server knows of ${counted}: a crash took the rest.`
  const twice = counted - told
  const whole = twice === 1 ? 'One request was counted twice' : `${twice} requests were counted too often`
  return `The client has counted to ${told}, and the server to ${counted}. ${whole}: only the answer was lost, or late.`
}
