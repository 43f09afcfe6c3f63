/** Mistakes that people make in a log that follows another, and the check that notices each. */
import type { Mutant } from '../../mutant.ts'

const log = 'solutions/05-raft/log.ts'

export const mutants: readonly Mutant[] = [
  {
    name: 'looks for an entry at the index, and not at its term',
    file: log,
    find: 'return termAt(log, index) === term\n',
    replace: 'return index <= lastIndexOf(log) && term >= 0\n',
    caughtBy: 'an entry of another term does not match',
    lists: ['RA23'],
  },
  {
    name: 'leaves entries that conflict with the leader where they are',
    file: log,
    find: 'if (termAt(log, index) === entry.term) continue',
    replace: 'if (index <= lastIndexOf(log)) continue',
    caughtBy: 'goes, and all that follow it',
    lists: ['RA22'],
  },
  {
    name: 'puts an entry in the place of another, and keeps what followed that one',
    file: log,
    find: `    log.entries.length = index - 1
    for (const added of entries.slice(offset)) log.entries.push(added)`,
    replace: '    log.entries.splice(index - 1, entries.length - offset, ...entries.slice(offset))',
    caughtBy: 'goes, and all that follow it',
    lists: ['RA22'],
  },
  {
    name: 'cuts the log off behind every message, whether it conflicts or not',
    file: log,
    find: '  return undefined\n}\n\n/** Where the log doesn',
    replace: `  log.entries.length = prevIndex + entries.length
  return undefined
}

/** Where the log doesn`,
    caughtBy: 'nothing goes without a conflict',
    lists: [],
  },
  {
    name: 'appends entries that it has already once more',
    file: log,
    find: 'if (termAt(log, index) === entry.term) continue',
    replace: 'if (index < prevIndex) continue',
    caughtBy: 'does not shorten the log, and changes nothing',
    lists: [],
  },
  {
    name: 'cuts off one entry too few',
    file: log,
    find: 'log.entries.length = index - 1',
    replace: 'log.entries.length = Math.min(index, log.entries.length)',
    caughtBy: 'a conflict at once',
    lists: [],
  },
  {
    name: 'says that the log has changed from the first entry of the message on',
    file: log,
    find: '    return index\n',
    replace: '    return prevIndex + 1\n',
    caughtBy: 'some are there, the rest is new',
    lists: [],
  },
  {
    name: 'names the entry that is in the way, and not the first of its term',
    file: log,
    find: 'while (first > 1 && termAt(log, first - 1) === term) first -= 1',
    replace: '',
    caughtBy: 'an entry of another term says its term, and the first of it',
    lists: [],
  },
  {
    name: 'names the index that was asked for, though its log is far shorter',
    file: log,
    find: 'if (term === undefined) return { conflictIndex: lastIndexOf(log) + 1 }',
    replace: 'if (term === undefined) return { conflictIndex: index }',
    caughtBy: 'a log that is too short says where it ends',
    lists: [],
  },
  {
    name: 'goes back entry by entry',
    file: log,
    find: '  return Math.max(1, Math.min(isShared ? last + 1 : conflictIndex, prevIndex))',
    replace: '  return isShared ? Math.max(1, last + 1) : prevIndex',
    caughtBy: 'no more refusals than the follower has terms',
    lists: [],
  },
  {
    name: 'goes back before the whole term, though it has entries of it too',
    file: log,
    find: 'isShared ? last + 1 : conflictIndex',
    replace: 'isShared ? conflictIndex : conflictIndex',
    caughtBy: 'behind its own last entry of that term, if it has one',
    lists: [],
  },
  {
    name: 'goes back before the beginning of the log',
    file: log,
    find: '  return Math.max(1, Math.min(isShared ? last + 1 : conflictIndex, prevIndex))',
    replace: '  return Math.min(isShared ? last + 1 : conflictIndex, prevIndex)',
    caughtBy: 'is never below 1 and never above where it was refused',
    lists: [],
  },
  {
    name: 'believes a follower that names an index ahead, and tries for ever',
    file: log,
    find: 'return Math.max(1, Math.min(conflictIndex, prevIndex))',
    replace: 'return Math.max(1, conflictIndex)',
    caughtBy: 'is never below 1 and never above where it was refused',
    lists: [],
  },
  {
    name: 'finds term 0 behind the end of the log',
    file: log,
    find: 'return termAt(log, index) === term\n',
    replace: 'return (termAt(log, index) ?? 0) === term\n',
    caughtBy: 'no index behind the end matches',
    lists: ['RA23'],
  },
]
