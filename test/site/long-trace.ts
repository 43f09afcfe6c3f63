/** A trace of any length, for tests of what reads and draws one: five hosts that talk, crash and say how they are. */
import { Random } from '#message-passing/random'
import { Trace, type TraceEvent } from '#message-passing/trace'

/** JSON Lines of a run of `count` events, the last of which breaks a rule. */
export function longTrace(count: number): string {
  const random = new Random(11)
  const trace = new Trace(count)
  const hosts = ['ada', 'alan', 'barbara', 'edsger', 'grace']
  const nameOf = (index: number) => hosts[index % hosts.length] ?? 'ada'
  let atMs = 0
  for (let id = 1; trace.recorded < count - 1; id++) {
    atMs += random.integer(0, 12)
    const from = random.integer(0, hosts.length)
    const host = nameOf(from)
    const to = nameOf(from + random.integer(1, hosts.length))
    const talk: readonly TraceEvent[] = [
      { atMs, kind: 'send', host, to, id, message: { kind: 'append', term: id >> 8, entry: id } },
      {
        atMs: atMs + 3,
        kind: 'receive',
        host: to,
        from: host,
        id,
        message: { kind: 'append', term: id >> 8, entry: id },
      },
      { atMs: atMs + 3, kind: 'state', host: to, state: { term: id >> 8, log: [id - 1, id], role: 'follower' } },
    ]
    const trouble: readonly TraceEvent[] = [
      { atMs: atMs + 3, kind: 'crash', host: to },
      { atMs: atMs + 4, kind: 'restart', host: to },
    ]
    for (const event of id % 500 === 0 ? [...talk, ...trouble] : talk) {
      if (trace.recorded < count - 1) trace.record(event)
    }
    atMs += 4
  }
  trace.record({
    atMs,
    kind: 'broken',
    rule: 'no two leaders in one term',
    seen: 'two leaders in term 7: ada and grace',
  })
  return trace.toJsonLines({ seed: 11, check: 'a long run', hosts })
}
