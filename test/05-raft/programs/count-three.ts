import type { Program } from '../../program.ts'

interface Entry {
  readonly term: number
  readonly command: string
}

type Disks = ReadonlyMap<string, Entry[]>

/** An entry is confirmed as soon as three of five disks have it. Leaders are elected as Raft elects them. */
export async function countThree({ print }: Program): Promise<void> {
  const disks: Disks = new Map(['a', 'b', 'c', 'd', 'e'].map((id) => [id, []]))
  const elect = (id: string, term: number, up: string) => print(`${id} leads term ${term}: ${votesFor(id, up, disks)}`)

  elect('a', 1, 'abcde')
  disks.get('a')?.push({ term: 1, command: 'x = 1' })
  print(handOn('a', 'b', disks))

  elect('e', 2, 'bcde') // a has crashed
  disks.get('e')?.push({ term: 2, command: 'x = 2' })

  elect('a', 3, 'abcd') // a is back, and e has crashed before its entry reached anybody
  print(handOn('a', 'c', disks))

  elect('e', 4, 'bcde') // e is back, and a has crashed again
  for (const id of 'bcd') print(handOn('e', id, disks))
  print(`"x = 1" is left on ${holdersOf('x = 1', disks)}`)
}

/** The servers that are up and vote for a candidate: its log is no less up to date than theirs. */
function votesFor(candidate: string, up: string, disks: Disks): string {
  const isBehind = (id: string) => compare(disks.get(id) ?? [], disks.get(candidate) ?? []) <= 0
  return `votes of ${[...up].filter(isBehind).join(', ')}`
}

/** A leader's log replaces a follower's. What is on three disks now is confirmed. */
function handOn(leader: string, follower: string, disks: Disks): string {
  const log = disks.get(leader) ?? []
  disks.get(follower)?.splice(0, Infinity, ...log)
  const lines = log.map((entry) => {
    const holders = holdersOf(entry.command, disks)
    const verdict = holders.length >= 3 ? 'confirmed' : 'not confirmed yet'
    return `  ${follower} has "${entry.command}" of term ${entry.term}, which is on ${holders.join(', ')}: ${verdict}`
  })
  return lines.join('\n')
}

function holdersOf(command: string, disks: Disks): readonly string[] {
  return [...disks].filter(([, log]) => log.some((entry) => entry.command === command)).map(([id]) => id)
}

/** Section 5.4.1: the later last term is more up to date, and with equal ones the longer log. */
function compare(one: readonly Entry[], other: readonly Entry[]): number {
  return (one.at(-1)?.term ?? 0) - (other.at(-1)?.term ?? 0) || one.length - other.length
}
