import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { commitUpTo, onMatch } from '#raft/commit'
import { law, listed } from '../law.ts'
import { appliedIn, counted, followerAt, type Knowledge, leaderWith, progressOf } from './leading.ts'

/** A leader looks at what its followers have, and does what follows from it. */
function look(known: Knowledge) {
  const { raft, role } = leaderWith(known)
  onMatch(raft, role)
  return { committed: raft.state.commitIndex, applied: appliedIn(raft.finish()) }
}

describe('a leader that looks at what a majority has', () => {
  const of: Omit<Knowledge, 'terms' | 'durable' | 'matched'> = { term: 4 }
  const rows: readonly (readonly [string, Knowledge, number])[] = [
    ['commits an entry of its own term', { ...of, terms: [4, 4], durable: 2, matched: [2, 0] }, 2],
    ['commits nothing that only it has', { ...of, terms: [4, 4], durable: 2, matched: [0, 0] }, 0],
    ['commits no entry of an earlier term by counting', { ...of, terms: [1, 2, 4], durable: 3, matched: [2, 2] }, 0],
    [
      'commits no entry of an earlier term by counting, even if every server has it',
      { ...of, terms: [1, 2, 4], durable: 2, matched: [2, 2] },
      0,
    ],
    [
      'commits those of earlier terms together with the first of its own',
      { ...of, terms: [1, 2, 4], durable: 3, matched: [3, 0] },
      3,
    ],
    [
      'commits no further than a majority has, though its own term goes on',
      { ...of, terms: [1, 4, 4, 4], durable: 4, matched: [2, 1] },
      2,
    ],
    [
      'stays at what is committed when no majority has more',
      { ...of, terms: [1, 4, 4], durable: 3, matched: [1, 1], committed: 2 },
      2,
    ],
  ]
  test.each(rows)('%s', (_rule, known, expected) => {
    const { committed } = look(known)
    const seen =
      `it leads term ${known.term}, its log has the terms ${listed(known.terms)}, its disk has ${known.durable} of them ` +
      `and the followers' have ${listed(known.matched)}: up to ${expected} is committed`
    expect(committed, seen).toBe(expected)
  })

  test('hands what is newly committed to the state machine, of earlier terms as well', () => {
    const { applied } = look({ term: 4, terms: [1, 2, 4, 4], durable: 4, matched: [3, 0], committed: 1 })
    expect(applied, 'entry 1 was applied before, 2 and 3 are committed now, 4 is not').toBe('2 of term 2, 3 of term 4')
  })
})

test('whatever comes in, a leader commits as Figure 2 says, never back, and applies each entry once', () => {
  const cases = fc.record({
    probed: fc.array(fc.boolean(), { maxLength: 6 }), // of each follower: whether the leader is probing it
    steps: fc.array(fc.nat(2), { minLength: 1, maxLength: 8 }), // how much later each entry's term is
    news: fc.array(fc.record({ server: fc.nat(6), index: fc.nat(8) }), { maxLength: 20 }),
  })
  return law(cases, 150, async ({ probed, steps, news }, story) => {
    let term = 1
    const terms = steps.map((step) => {
      term += step
      return term
    })
    const disks = [0, ...probed.map(() => 0)]
    const probing = probed.flatMap((isProbed, n) => (isProbed ? [followerAt(n)] : []))
    const { raft, role } = leaderWith({ term, terms, durable: 0, matched: disks.slice(1), probing })
    const start = `${counted(disks.length, 'server')}; the leader of term ${term} has entries of the terms ${listed(terms)}`
    story.tell(probing.length > 0 ? `${start}, and is probing ${listed(probing)}` : start)
    let expected = 0
    const applied: string[] = []
    for (const { server, index } of news) {
      const at = server % disks.length
      disks[at] = Math.max(disks[at] ?? 0, Math.min(index, terms.length))
      raft.state.durableIndex = disks[0] ?? 0
      for (const [n, progress] of [...role.followers.values()].entries()) progress.matchIndex = disks[n + 1] ?? 0
      for (const [before, each] of terms.entries()) {
        const holders = disks.filter((disk) => disk > before).length
        if (each === term && holders * 2 > disks.length) expected = Math.max(expected, before + 1)
      }
      onMatch(raft, role)
      const effects = raft.finish()
      const more = appliedIn(effects)
      if (more !== 'nothing') applied.push(...more.split(', '))
      story.tell(`the disks have entries up to ${listed(disks)}: ${progressOf(raft.state, effects)}`)
      const why = expected === 0 ? 'none has been' : `entry ${expected} is the last that has been`
      const rule = `commitIndex should be ${expected}: of the entries of term ${term}, ${why} on a majority of the disks`
      expect(raft.state.commitIndex, rule).toBe(expected)
      const inOrder = terms.slice(0, expected).map((each, before) => `${before + 1} of term ${each}`)
      expect(applied, 'each committed entry goes to the state machine once, in order').toEqual(inOrder)
    }
  })
})

describe('what is committed up to an index', () => {
  test('is applied from the first that was not, up to the index, in order', () => {
    const { raft } = leaderWith({ term: 2, terms: [1, 1, 2, 2], durable: 4, matched: [0, 0] })
    commitUpTo(raft, 1)
    expect(appliedIn(raft.finish()), 'committed up to 1').toBe('1 of term 1')
    commitUpTo(raft, 3)
    expect(appliedIn(raft.finish()), 'committed up to 3: 1 was applied before').toBe('2 of term 1, 3 of term 2')
    expect(raft.state.commitIndex, 'state.commitIndex says how far the log is committed').toBe(3)
    expect(raft.state.appliedIndex, 'state.appliedIndex says how far the state machine was given it').toBe(3)
  })

  test('is applied with the no-op of each term, which the state machine gets like any other entry', () => {
    const { raft } = leaderWith({ term: 2, terms: [1], durable: 3, matched: [0, 0] })
    raft.state.log.entries.push({ term: 2 }, { term: 2, command: Uint8Array.of(3) })
    commitUpTo(raft, 3)
    const effects = raft.finish()
    const rule = 'entry 2 is a no-op, an entry without a command: if it is left out, an index is missing'
    const all = '1 of term 1, 2 of term 2, 3 of term 2'
    expect(appliedIn(effects), `${rule} (${progressOf(raft.state, effects)})`).toBe(all)
  })

  test('is applied to the end, however many entries are new: entriesMax is a limit of appends', () => {
    const { raft } = leaderWith({ term: 1, terms: Array.from({ length: 200 }, () => 1), durable: 200, matched: [0, 0] })
    commitUpTo(raft, 190)
    const count = raft.finish().reduce((sum, each) => sum + (each.kind === 'apply' ? each.entries.length : 0), 0)
    expect(count, '190 entries are new, and state.appliedIndex says that all were applied').toBe(190)
    commitUpTo(raft, 191)
    expect(appliedIn(raft.finish()), 'the next one is entry 191').toBe('191 of term 1')
  })

  test('leads to no apply, not even an empty one, when none of it is new', () => {
    const { raft } = leaderWith({ term: 1, terms: [1, 1], durable: 2, matched: [0, 0] })
    commitUpTo(raft, 0)
    expect(raft.finish(), 'nothing is committed, and nothing was before').toEqual([])
    commitUpTo(raft, 2)
    raft.finish()
    for (const old of [2, 1]) {
      commitUpTo(raft, old)
      const rule = `2 were committed and applied, and a heartbeat says ${old}: each one would lead to an apply without entries`
      expect(raft.finish(), rule).toEqual([])
    }
  })

  test('stays committed, and is not applied again, when word of an earlier index comes late', () => {
    const { raft } = leaderWith({ term: 2, terms: [1, 1, 2], durable: 3, matched: [0, 0] })
    commitUpTo(raft, 3)
    raft.finish()
    for (const late of [2, 0, 3]) {
      commitUpTo(raft, late)
      expect(raft.state.commitIndex, `3 were committed, and then word came of ${late}`).toBe(3)
      expect(raft.state.appliedIndex, `3 were applied, and then word came of ${late}`).toBe(3)
      expect(appliedIn(raft.finish()), 'every entry was applied before').toBe('nothing')
    }
  })

  test('is applied once, in order, when word of it comes several times in one step', () => {
    const { raft } = leaderWith({ term: 1, terms: [1, 1], durable: 2, matched: [0, 0] })
    commitUpTo(raft, 1)
    commitUpTo(raft, 2)
    commitUpTo(raft, 2)
    expect(appliedIn(raft.finish()), 'in order, and each once').toBe('1 of term 1, 2 of term 1')
  })
})
