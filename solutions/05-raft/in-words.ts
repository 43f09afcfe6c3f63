/** Messages and states in words, for transcripts, traces and figures. */
import type { Entry, Message } from '#raft/messages'
import type { RaftState } from '#raft/state'

/** A message in a few words: `append 2 after 5 of term 3, committed 4`. Its term isn't among them. */
export function inWords(message: Message): string {
  switch (message.kind) {
    case 'requestVote':
      return `asks for a vote, log ends at ${place(message.lastIndex, message.lastTerm)}`
    case 'vote':
      return message.granted ? 'grants the vote' : 'refuses the vote'
    case 'append': {
      const what = message.entries.length === 0 ? 'nothing' : entriesInWords(message.entries)
      return `append ${what} after ${place(message.prevIndex, message.prevTerm)}, committed ${message.commitIndex}`
    }
    case 'appended':
      return `has all up to ${message.matchIndex}`
    case 'refused':
      return message.conflictTerm === undefined
        ? `refuses after ${message.prevIndex}, its log ends before ${message.conflictIndex}`
        : `refuses after ${message.prevIndex}, has term ${message.conflictTerm} from ${message.conflictIndex}`
  }
}

/** A log as the terms of its entries, with a bar behind the last that is committed: `1 1 | 2`. */
export function logInWords({ log, commitIndex }: RaftState): string {
  const terms = log.entries.map((entry) => String(entry.term))
  return [...terms.slice(0, commitIndex), '|', ...terms.slice(commitIndex)].join(' ')
}

function entriesInWords(entries: readonly Entry[]): string {
  const terms = entries.map((entry) => entry.term)
  return `${entries.length === 1 ? 'an entry of term' : 'entries of terms'} ${terms.join(' ')}`
}

function place(index: number, term: number): string {
  return index === 0 ? 'the beginning' : `${index} of term ${term}`
}
