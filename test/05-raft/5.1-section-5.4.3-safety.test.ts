import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Effect } from '#raft/effects'
import type { Message, ServerId, Term } from '#raft/messages'
import { type Saved, savedAfter } from '#raft/storage'
import { law, type Story } from '../law.ts'
import { OneServer } from './one-server.ts'

type Send = Extract<Effect, { readonly kind: 'send' }>

/** A server with a disk: saves are under way until `disk` says that the oldest is done, and a crash loses the others. */
class Voter {
  readonly #story: Story
  #server = new OneServer({})
  #disk: Saved = { term: 0, votedFor: undefined, log: { entries: [] } }
  #underWay: Extract<Effect, { readonly kind: 'save' }>[] = []
  #held: Send[] = []
  /** Who was promised the vote of a term: a message has left that says so. */
  readonly #promised = new Map<Term, ServerId>()
  #spokenOf: Term = 0

  constructor(story: Story) {
    this.#story = story
  }

  hears(from: ServerId, message: Message & { readonly kind: 'requestVote' }): void {
    const { term, lastIndex, lastTerm } = message
    this.#story.tell(`${from} asks for a vote in term ${term}, its log ends at ${lastIndex} of term ${lastTerm}`)
    this.#server.hears(from, message)
    this.#carryOut()
  }

  timesOut(): void {
    this.#story.tell('its timeout is over')
    this.#server.timesOut()
    this.#carryOut()
  }

  disk(): void {
    const save = this.#underWay.shift()
    if (save === undefined) return
    const { term, votedFor } = save
    this.#story.tell(`save ${save.save} is on the disk: term ${term}, vote for ${votedFor ?? 'nobody'}`)
    this.#disk = savedAfter(this.#disk, save)
    this.#server.saves()
    this.#carryOut()
    const due = this.#held.filter(({ afterSave }) => afterSave <= save.save)
    this.#held = this.#held.filter(({ afterSave }) => afterSave > save.save)
    for (const send of due) this.#leaves(send)
  }

  crash(): void {
    const { term, votedFor } = this.#disk
    this.#story.tell(`it crashes, and starts again with term ${term} and a vote for ${votedFor ?? 'nobody'}`)
    this.#server = new OneServer({ term, ...(votedFor === undefined ? {} : { votedFor }) })
    this.#underWay = []
    this.#held = []
    this.#disk = { term, votedFor, log: { entries: [] } }
  }

  #carryOut(): void {
    for (const effect of this.#server.effects) {
      if (effect.kind === 'save') this.#underWay.push(effect)
      if (effect.kind !== 'send' || effect.to === 'a') continue
      const onDisk = this.#server.state.saves - this.#underWay.length
      if (effect.afterSave <= onDisk) this.#leaves(effect)
      else this.#held.push(effect)
    }
  }

  #leaves({ to, message }: Send): void {
    const { term } = message
    const isVote = message.kind === 'vote' && message.granted
    const candidate = message.kind === 'requestVote' ? 'a' : isVote ? to : undefined
    if (message.kind === 'requestVote') this.#story.tell(`a asks ${to} for a vote in term ${term}`)
    else this.#story.tell(`a ${isVote ? 'grants' : 'refuses'} ${to} a vote, in term ${term}`)
    if (term < this.#spokenOf) expect.fail(`a has spoken of term ${this.#spokenOf} before: save the term first`)
    this.#spokenOf = term
    if (candidate === undefined) return
    const earlier = this.#promised.get(term) ?? candidate
    if (earlier !== candidate)
      expect.fail(`a's vote of term ${term} was promised to ${earlier}, and now to ${candidate}`)
    this.#promised.set(term, candidate)
  }
}

describe('Figure 3, Election Safety: at most one leader in a term', () => {
  const step = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('ask' as const),
        from: fc.constantFrom('b', 'c'),
        term: fc.nat(4),
        lastIndex: fc.nat(1),
        lastTerm: fc.nat(1),
      }),
    },
    { weight: 4, arbitrary: fc.constant({ kind: 'disk' as const }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'timeout' as const }) },
    { weight: 2, arbitrary: fc.constant({ kind: 'crash' as const }) },
  )

  test('whoever asks, and whenever it crashes: a server promises its vote once a term, and its term never goes back', () =>
    law(fc.array(step, { maxLength: 20 }), 500, async (steps, story) => {
      const voter = new Voter(story)
      for (const each of steps) {
        if (each.kind === 'timeout') voter.timesOut()
        else if (each.kind === 'disk') voter.disk()
        else if (each.kind === 'crash') voter.crash()
        else voter.hears(each.from, { ...each, kind: 'requestVote' })
      }
    }))
})
