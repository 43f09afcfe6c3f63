import { constant } from '#message-passing/distributions'
import type { Host } from '#message-passing/host'
import { Simulation } from '#message-passing/simulation'
import type { Program } from '../../program.ts'

interface Note {
  readonly text: string
  readonly writtenAtMs: number
}

export async function lastWriteWins({ print }: Program): Promise<void> {
  const simulation = new Simulation<Note>({ seed: 1, link: { latencyMs: constant(20) } })
  simulation.host('ada', (host) => {
    const ada = replica(host, 'grace', () => {})
    host.clock.schedule(100, () => ada.write('meet at 9'))
  })
  simulation.host('grace', (host) => {
    const grace = replica(host, 'ada', () => {
      host.clock.schedule(1_000, () => grace.write('meet at 10, the room is taken until then'))
    })
  })
  simulation.jump('ada', 3_000) // her laptop's clock is three seconds fast

  /** A copy of the note. Of two versions it keeps the one that was written last. */
  function replica(host: Host<Note>, other: string, onChange: () => void) {
    let note: Note = { text: '', writtenAtMs: 0 }
    const keepLatest = (version: Note) => {
      if (version.writtenAtMs < note.writtenAtMs) return print(`${host.name} discards "${version.text}"`)
      note = version
      print(`${host.name} has "${note.text}", written at ${note.writtenAtMs} ms`)
    }
    host.onMessage((_, version) => {
      keepLatest(version)
      onChange()
    })
    return {
      write(text: string) {
        const version = { text, writtenAtMs: host.wallClockMs() }
        keepLatest(version)
        host.send(other, version)
      },
    }
  }

  await simulation.run(5_000)
}
