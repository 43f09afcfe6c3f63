/** What the cluster figure says in words, and writes into a link. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { descriptionOf, sentenceOf } from '../.vitepress/theme/figures/cluster/account.ts'
import {
  LINK_LETTERS_MAX,
  readLink,
  type Saved,
  SEED_MAX,
  writeLink,
} from '../.vitepress/theme/figures/cluster/link.ts'
import { MISTAKES } from '../.vitepress/theme/figures/cluster/mistakes.ts'
import type { Flight, Scene } from '../.vitepress/theme/figures/cluster/scene.ts'
import { type Action, LOSS_PERCENT_MAX, RUN_MS, serverNames } from '../.vitepress/theme/figures/cluster/setups.ts'
import { SITUATIONS } from '../.vitepress/theme/figures/cluster/situations.ts'
import { law } from './law.ts'

describe('in words', () => {
  const server = {
    id: 'a',
    condition: 'up',
    role: 'follower',
    term: 2,
    votedFor: undefined,
    terms: [1],
    firstIndex: 1,
    commitIndex: 1,
    waitLeft: 1,
  } as const
  const scene = (...changes: readonly object[]): Scene => {
    const servers = ['a', 'b', 'c'].map((id, n) => ({ ...server, id, ...changes[n] }))
    return { atMs: 0, servers, flights: [], cuts: [], broken: undefined }
  }
  const down = { condition: 'down' }
  const leader = { role: 'leader', votedFor: 'a' }

  test.each<readonly [string, Scene]>([
    ['Nobody leads. The server whose waiting time is over first will stand for election.', scene()],
    ['b stands for election in term 2, and has its own vote so far.', scene({}, { role: 'candidate', votedFor: 'b' })],
    [
      'b stands for election in term 2, and has 2 votes of 3.',
      scene({ votedFor: 'b' }, { role: 'candidate', votedFor: 'b' }),
    ],
    [
      'a, b and c stand for election in term 2. Of 3 votes, a has 1, b has 1 and c has 1: the vote is split.',
      scene(...['a', 'b', 'c'].map((votedFor) => ({ role: 'candidate', votedFor }))),
    ],
    ['a leads term 2. All logs agree, and their entry is committed.', scene(leader)],
    ['a leads term 2. All logs agree, of those who are up, and their entry is committed.', scene(leader, {}, down)],
    ['a leads term 2. Its entry 2 is on 1 of 3 servers, and not committed yet.', scene({ ...leader, terms: [1, 2] })],
    [
      'a leads term 2. Its entry 1, of term 1, is on 3 of 3 servers, and not committed even so.',
      scene({ ...leader, terms: [1, 2], commitIndex: 0 }),
    ],
    [
      'a leads term 2. The log of b still has other entries than its own.',
      scene({ ...leader, terms: [1, 2], commitIndex: 2 }, { terms: [1, 1] }),
    ],
    [
      'a leads term 2. b and c have not got all of its entries yet.',
      scene({ ...leader, terms: [1, 2], commitIndex: 2 }),
    ],
    ['a leads term 2. It has committed entry 1, and the others will hear of it.', scene(leader, { commitIndex: 0 })],
    ['b still believes that it leads term 2, while a leads term 4.', scene({ ...leader, term: 4 }, { role: 'leader' })],
    ['a leads term 2, and commits nothing: only 1 of 3 servers is up.', scene(leader, down, down)],
    ['Only 1 of 3 servers is up: nobody can be elected.', scene({}, down, down)],
    ['All servers are down. What is on their disks stays.', scene(down, down, down)],
    [
      'A rule is broken: one leader a term. But there were two.',
      { ...scene(), broken: { atMs: 0, rule: 'one leader a term', seen: 'there were two' } },
    ],
  ])('%s', (sentence, shown) => {
    expect(sentenceOf(shown)).toBe(sentence)
  })

  test('every part of the picture is told', () => {
    const flight: Flight = {
      id: 1,
      from: 'a',
      to: 'b',
      kind: 'vote',
      entries: 0,
      isYes: true,
      term: 2,
      share: 0.2,
      isLost: true,
    }
    const shown = {
      ...scene({ ...leader, terms: [1, 2], firstIndex: 9, commitIndex: 9 }, down),
      flights: [flight],
      cuts: [{ from: 'a', to: 'b' }],
    }
    expect(descriptionOf(shown)).toBe(
      'a: leader, term 2, vote for itself, a log of 8 entries and terms 1 2, committed up to 9. ' +
        'b: down, term 2, without a vote, a log of terms 1, committed up to 1. ' +
        'c: follower, term 2, without a vote, a log of terms 1, committed up to 1. ' +
        '1 message is on its way, 1 of which is lost. Nothing gets from a to b.',
    )
  })
})

describe('a link', () => {
  const saved = fc.integer({ min: 3, max: 7 }).chain((servers): fc.Arbitrary<Saved> => {
    const name = fc.constantFrom(...serverNames(servers))
    const action: fc.Arbitrary<Action> = fc.oneof(
      fc.record({
        kind: fc.constantFrom('crash' as const, 'restart' as const, 'campaign' as const, 'command' as const),
        server: name,
      }),
      fc.record({ kind: fc.constantFrom('repair' as const, 'command' as const) }),
      fc.record({ kind: fc.constant('partition' as const), servers: fc.uniqueArray(name, { minLength: 1 }) }),
    )
    const moment = fc.integer({ min: 0, max: RUN_MS })
    return fc.record({
      setup: fc.record({
        seed: fc.nat(SEED_MAX),
        servers: fc.constant(servers),
        lossPercent: fc.nat(LOSS_PERCENT_MAX),
        mistake: fc.constantFrom(undefined, ...MISTAKES.map(({ id }) => id)),
      }),
      inputs: fc
        .array(fc.record({ atMs: moment, action }), { maxLength: 12 })
        .map((inputs) => inputs.toSorted((a, b) => a.atMs - b.atMs)),
      atMs: moment,
    })
  })

  test('is read back as it was written, and needs no escaping in an address', () =>
    law(saved, 300, async (example, story) => {
      const link = writeLink(example)
      story.tell(link)
      expect(link).toMatch(/^[a-z0-9.-]+$/)
      expect(readLink(link)).toEqual({ ok: true, saved: example })
    }))

  test('can be read by people', () => {
    const { setup, inputs } = SITUATIONS.find(({ name }) => name === 'stale-leader') ?? { setup: undefined, inputs: [] }
    if (setup === undefined) throw new Error('there is no stale leader')
    expect(writeLink({ setup: { ...setup, lossPercent: 5, mistake: 'any-log' }, inputs, atMs: 1_234.4 })).toBe(
      '5-servers.seed-5.loss-5.mistake-any-log.at-1234.500-command.700-cut-ab.800-command-a.1200-command.1700-repair',
    )
  })

  test.each([
    ['', 'it begins with “”, and not with a number of servers'],
    ['hello', 'it begins with “hello”, and not with a number of servers'],
    ['9-servers.seed-1', 'servers is a whole number from 3 to 7, and not “9”'],
    ['3-servers', 'it has no seed'],
    ['3-servers.seed-1.seed-2', 'it says seed twice'],
    ['3-servers.seed-x', 'seed is a whole number from 0 to 999999999, and not “x”'],
    ['3-servers.seed-1.loss-90', 'loss is a whole number from 0 to 40, and not “90”'],
    ['3-servers.seed-1.at-99999', `at is a whole number from 0 to ${RUN_MS}, and not “99999”`],
    ['3-servers.seed-1.mistake-none', "it names the mistake “none”, which isn't among those of the figure"],
    ['3-servers.seed-1.100-explode-a', '“100-explode-a” is nothing that can befall a cluster'],
    ['3-servers.seed-1.100-crash', '“100-crash” is nothing that can befall a cluster'],
    ['3-servers.seed-1.100-cut-aa', '“100-cut-aa” is nothing that can befall a cluster'],
    ['3-servers.seed-1.100-crash-d', '“100-crash-d” speaks of a server d, and there are a, b, c'],
    ['3-servers.seed-1.200-repair.100-repair', '“100-repair” in it comes behind what happens later'],
    [
      '3-servers.seed-1.20000-repair',
      `the moment of “20000-repair” is a whole number from 0 to ${RUN_MS}, and not “20000”`,
    ],
    ['3-servers.seed-1.<b>', '“<b>” in it has no meaning'],
    [`3-servers.${'x'.repeat(50)}`, `“${'x'.repeat(30)}…” in it has no meaning`],
  ])('“%s” is refused with a sentence', (text, problem) => {
    expect(readLink(text)).toEqual({ ok: false, sentence: `This link can't be opened: ${problem}.` })
  })

  test('that is too long is refused', () => {
    const problem = `it is longer than ${LINK_LETTERS_MAX} letters`
    expect(readLink('x'.repeat(LINK_LETTERS_MAX + 1))).toMatchObject({ sentence: expect.stringContaining(problem) })
  })

  test('of any text at all is read or refused', () => {
    const garbled = fc.tuple(saved, fc.nat(60), fc.string()).map(([example, at, text]) => {
      const link = writeLink(example)
      return link.slice(0, at) + text + link.slice(at + text.length)
    })
    return law(fc.oneof(fc.string(), garbled), 500, async (text, story) => {
      story.tell(JSON.stringify(text))
      const read = readLink(text)
      if (read.ok) expect(readLink(writeLink(read.saved))).toEqual(read)
      else expect(read.sentence).toMatch(/^This link can't be opened: .+\.$/s)
    })
  })
})
