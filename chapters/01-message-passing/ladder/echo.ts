/**
 * Echo, the first rung: whoever sends a text to the server gets it back.
 *
 * A question or its answer may be lost, and the client can't know which. So it
 * asks again until it is answered, and numbers its questions, because an answer
 * may also come twice, or long after the client has given up on it.
 */
import { CLOSED } from '#message-passing/channel'
import { after } from '#message-passing/clock'
import { select } from '#message-passing/select'
import type { Simulation } from '#message-passing/simulation'

/** A question, or the answer to the question of that number. */
export interface EchoMessage {
  readonly kind: 'echo' | 'answer'
  readonly number: number
  readonly text: string
}

const QUESTIONS = 5
const PATIENCE_MS = 100

/** The first host is the server, and each of the others asks it five questions. */
export function echo(simulation: Simulation<EchoMessage>, [server = '', ...clients]: readonly string[]): void {
  simulation.host(server, (host) => {
    host.onMessage((from, { number, text }) => host.send(from, { kind: 'answer', number, text }))
  })

  const answered = new Map(clients.map((client) => [client, 0]))
  for (const client of clients) {
    simulation.host(client, async (host) => {
      for (let number = 1; number <= QUESTIONS; number++) {
        const text = `hello ${number} from ${client}`
        for (;;) {
          host.send(server, { kind: 'echo', number, text })
          const first = await select({ mail: host.inbox.receiving(), late: after(host.clock, PATIENCE_MS) })
          if (first.name === 'mail' && first.value !== CLOSED && first.value.message.number === number) break
        }
        answered.set(client, number)
      }
    })
  }

  simulation.rules.eventually('every question is answered', 20_000, () => {
    const [waiting] = [...answered].filter(([, count]) => count < QUESTIONS)
    return waiting === undefined || `${waiting[0]} has ${waiting[1]} answers to ${QUESTIONS} questions`
  })
}
