/** The messages of replication, as short as a check wants to write them. */
import { inWords } from '#raft/in-words'
import type { Index, Message, ServerId, Term } from '#raft/messages'
import type { OneServer } from './one-server.ts'
import { entriesOf } from './two-logs.ts'

/** An append of a leader of `term`: entries with the terms `adds` that follow entry `after`, which is of term `of`. */
export interface AppendInShort {
  readonly term: Term
  readonly after: Index
  readonly of: Term
  readonly adds?: readonly Term[]
  readonly committed?: Index
}

export function append({ term, after, of, adds = [], committed = 0 }: AppendInShort): Message {
  const entries = entriesOf(after + 1, ...adds)
  return { kind: 'append', term, prevIndex: after, prevTerm: of, entries, commitIndex: committed }
}

/** What a server has sent to another in its last step, in words: `append nothing after 3 of term 2, committed 3`. */
export function saidTo(to: ServerId, server: OneServer): string {
  const messages = server.messages.filter((message) => message.to === to)
  return messages.map((message) => inWords(message)).join('; ') || 'nothing'
}

/** All that a server has sent in its last step, in words: `to b: has all up to 3`. */
export function said(server: OneServer): string {
  return server.messages.map((message) => `to ${message.to}: ${inWords(message)}`).join('; ') || 'nothing'
}

/** To whom a server has sent something in its last step, what, and in which term: `to b: refused, term 4`. */
export function saidInTerm(server: OneServer): string {
  return server.messages.map(({ to, kind, term }) => `to ${to}: ${kind}, term ${term}`).join('; ') || 'nothing'
}
