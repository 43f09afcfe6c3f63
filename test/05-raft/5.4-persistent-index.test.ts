import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Save } from '#raft/effects'
import type { Index } from '#raft/messages'
import { noteSaved, type Unsaved } from '#raft/persistence'
import type { RaftState } from '#raft/state'
import { type Saved, savedAfter } from '#raft/storage'
import { law, type Story } from '../law.ts'
import { append, freshly, replace, saveInWords, vote, write } from './log-changes.ts'
import { comparing, inWords } from './wal-history.ts'

describe('the log is known to be on the disk', () => {
  test('as far as the save has taken it, and not as far as it reaches by now', () => {
    const { state, unsaved } = freshly([1, 1])
    append(state, unsaved, 1)
    unsaved.take()
    append(state, unsaved, 3)
    unsaved.take()
    expect(state.durableIndex, 'both saves are under way').toBe(2)
    noteSaved(state, 1)
    expect(state.durableIndex, 'save 1 is done, and has taken entry 3; entries 4 to 6 came later').toBe(3)
    noteSaved(state, 2)
    expect(state.durableIndex, 'save 2 is done').toBe(6)
  })

  test('up to the place where it was cut off, at most', () => {
    const { state, unsaved } = freshly([1, 1, 1, 1, 1])
    write(state, unsaved, 3, [2, 2, 2])
    expect(state.durableIndex, 'the disk has other entries from 3 on: they were replaced').toBe(2)
    unsaved.take()
    noteSaved(state, 1)
    expect(state.durableIndex, 'now the disk has the new ones').toBe(5)
  })

  test('and a save that is overtaken does not count for what has come in the place of its entries', () => {
    const { state, unsaved } = freshly([])
    append(state, unsaved, 5)
    unsaved.take()
    write(state, unsaved, 3, [2, 2, 2])
    unsaved.take()
    noteSaved(state, 1)
    const rule = 'save 1 has written five entries, and then 3 to 5 were replaced by others'
    expect(state.durableIndex, `${rule}: only 1 and 2 are in the log and on the disk`).toBe(2)
    noteSaved(state, 2)
    expect(state.durableIndex, 'save 2 has the others').toBe(5)
  })

  test('and of several saves that are overtaken, none does', () => {
    const { state, unsaved } = freshly([])
    for (let n = 0; n < 3; n++) {
      append(state, unsaved, 2)
      unsaved.take()
    }
    write(state, unsaved, 2, [2])
    unsaved.take()
    const rule = 'saves 1 to 3 were under way, up to entries 2, 4 and 6, and then all from 2 on were replaced'
    for (const save of [1, 2, 3]) {
      noteSaved(state, save)
      expect(state.durableIndex, `${rule}. Save ${save} is done: take back the last index of each of them`).toBe(1)
    }
    noteSaved(state, 4)
    expect(state.durableIndex, 'save 4 has the entry that is there now').toBe(2)
  })

  test('and a save that is done stands for all before it', () => {
    const { state, unsaved } = freshly([])
    for (let n = 0; n < 3; n++) {
      append(state, unsaved, 2)
      unsaved.take()
    }
    unsaved.markVote()
    unsaved.take()
    noteSaved(state, 4)
    expect(state.durableIndex, 'saves go to the disk in their order: 1 to 3 are on it, and the log in them').toBe(6)
    expect(state.pending, 'all four are done: a save that stays in state.pending stays there for ever').toEqual([])
  })

  test('as far as disk and log agree, whatever is appended, replaced and saved, and replaying the saves gives the log', () =>
    law(fc.array(step, { maxLength: 25, size: 'max' }), 300, async (steps, story) => {
      const { state, unsaved } = freshly([1, 1])
      let disk: Saved = { term: state.term, votedFor: undefined, log: { entries: [...state.log.entries] } }
      const underWay: Save[] = []
      for (const { kind, count } of steps) {
        if (kind === 'done') {
          const done = underWay.splice(0, count)
          for (const save of done) disk = savedAfter(disk, save)
          const last = done.at(-1)
          if (last === undefined) continue
          story.tell(`save ${last.save} is done`)
          noteSaved(state, last.save)
        } else if (kind === 'save') underWay.push(...taken(state, unsaved, disk, underWay, story))
        else happen(kind, count, state, unsaved, story)
        const rule = 'durableIndex: up to there the disk, with the saves that are done, has the entries of the log'
        expect(state.durableIndex, rule).toBe(agreement(disk, state))
      }
    }))
})

const step = fc.record({
  kind: fc.constantFrom('append', 'replace', 'vote', 'save', 'save', 'done'),
  count: fc.integer({ min: 1, max: 4 }),
})

function happen(
  kind: 'append' | 'replace' | 'vote',
  count: number,
  state: RaftState,
  unsaved: Unsaved,
  story: Story,
): void {
  const { length } = state.log.entries
  if (kind === 'append') {
    append(state, unsaved, count)
    story.tell(
      count === 1 ? `entry ${length + 1} is appended` : `entries ${length + 1} to ${length + count} are appended`,
    )
  } else if (kind === 'replace') {
    replace(state, unsaved, count)
    story.tell(`from ${state.log.entries.length} on, the log is replaced by one entry of term ${state.term}`)
  } else {
    vote(state, unsaved)
    story.tell(`term ${state.term} begins, with a vote for b`)
  }
}

/** Asks for a save. What is on the disk once it and those before it are done must be the state of now. */
function taken(
  state: RaftState,
  unsaved: Unsaved,
  disk: Saved,
  underWay: readonly Save[],
  story: Story,
): readonly Save[] {
  const { afterSave } = unsaved
  const save = unsaved.take()
  story.tell(`a save is asked for, and take() returns ${saveInWords(save)}`)
  expect(state.saves, 'afterSave is the save that has it all').toBe(afterSave)
  const saves = save === undefined ? [] : [save]
  let later: Saved = { ...disk, log: { entries: [...disk.log.entries] } }
  for (const each of [...underWay, ...saves]) later = savedAfter(later, each)
  const [found, expected] = [inWords(later), inWords(state)]
  expect(found, comparing('once all saves are done, the disk has what the server has', found, expected)).toBe(expected)
  return saves
}

/** Up to which index the two have the very same entries. */
function agreement({ log: { entries } }: Saved, { log }: RaftState): Index {
  const differing = log.entries.findIndex((entry, at) => entry !== entries[at])
  return differing < 0 ? log.entries.length : differing
}
