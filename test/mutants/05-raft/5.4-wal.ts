/** Mistakes that people make in a write-ahead log, and the check that notices each. */
import type { Mutant } from '../../mutant.ts'

const wal = 'solutions/05-raft/wal.ts'
const recovery = 'solutions/05-raft/wal-recovery.ts'

const powerCut = 'after each operation, whatever of it survives'

const inWriting: readonly Mutant[] = [
  {
    name: 'acknowledges a record that was written and not synced',
    file: wal,
    find: '    await this.#disk.sync(name)\n',
    replace: '',
    caughtBy: 'is done when the sync is over, and not before',
    lists: ['RA2'],
  },
  {
    name: 'syncs for each save',
    file: wal,
    find: 'return this.#waiting.splice(0, count)',
    replace: 'return this.#waiting.splice(0, 1)',
    caughtBy: 'wait for the next one, together',
    lists: [],
  },
  {
    name: 'writes a record for each save, and syncs once for all of them',
    file: wal,
    find: 'await this.#write(recordOf(group.map(({ change }) => change)))',
    replace: `for (const { change } of group.slice(0, -1)) await this.#disk.append(this.#segment.name, recordOf([change]))
        await this.#write(recordOf(group.slice(-1).map(({ change }) => change)))`,
    caughtBy: 'wait for the next one, together',
    lists: [],
  },
  {
    name: 'goes on after a sync that has failed, and acknowledges what comes next',
    file: wal,
    find: `        this.#hasFailed = true
        this.#waiting = []`,
    replace: '        this.#isWriting = false',
    caughtBy: 'acknowledges nothing, now or later, and is told once',
    lists: ['RA38'],
  },
  {
    name: 'tries a sync again that has failed, and believes the second one',
    file: wal,
    find: `    await this.#disk.sync(name)
    this.#segment`,
    replace: `    await this.#disk.sync(name).catch(() => this.#disk.sync(name))
    this.#segment`,
    caughtBy: 'acknowledges nothing, now or later, and is told once',
    lists: ['RA38'],
  },
  {
    name: 'takes no notice of a sync that has failed',
    file: wal,
    find: `    await this.#disk.sync(name)
    this.#segment`,
    replace: `    await this.#disk.sync(name).catch(() => {})
    this.#segment`,
    caughtBy: 'acknowledges nothing, now or later, and is told once',
    lists: ['RA38'],
  },
  {
    name: 'lets those wait for ever who asked after the group was taken',
    file: wal,
    find: 'while (this.#waiting.length > 0) {',
    replace: 'if (this.#waiting.length > 0) {',
    caughtBy: 'wait for the next one, together',
    lists: [],
  },
  {
    name: 'puts more into a record than one can be read with',
    file: wal,
    find: 'if (count > 0 && length > CHANGES_BYTES_MAX) break',
    replace: '',
    caughtBy: 'and are too long for one record, go into several',
    lists: [],
  },
  {
    name: 'never begins another segment',
    file: wal,
    find: 'this.#segment.length + record.length > segmentBytesMax',
    replace: 'this.#segment.length > Infinity',
    caughtBy: 'is followed by the next one when a record would make it too long',
    lists: [],
  },
  {
    name: 'leaves an empty segment before a record that is too long for any',
    file: wal,
    find: 'if (this.#segment.length > 0 && this.#segment',
    replace: 'if (this.#segment',
    caughtBy: 'of which a single record is longer than a segment may be has that record alone',
    lists: [],
  },
]

const inRecovery: readonly Mutant[] = [
  {
    name: 'does not sync the directory when it has made a segment',
    file: recovery,
    find: `  await disk.create(name)
  await disk.syncDirectory()`,
    replace: '  await disk.create(name)',
    caughtBy: powerCut,
    lists: ['RA37'],
  },
  {
    name: 'does not start again after a record was torn',
    file: recovery,
    find: "if (end.kind === 'corrupt' || (end.kind === 'torn' && !isLast))",
    replace: "if (end.kind !== 'clean')",
    caughtBy: 'wherever it is cut: the log has the records before, and goes on behind them',
    lists: ['RA35'],
  },
  {
    name: 'stops reading at the first damaged record, and starts with what came before',
    file: recovery,
    find: "if (end.kind === 'corrupt' || (end.kind === 'torn' && !isLast)) throw new WalCorrupt(name, end.offset, end.reason)",
    replace: '',
    caughtBy: 'any bit of any segment',
    lists: ['RA34'],
  },
  {
    name: 'takes any damage in the last segment for a torn record',
    file: recovery,
    find: "if (end.kind === 'corrupt' || (end.kind === 'torn' && !isLast))",
    replace: "if (end.kind !== 'clean' && !isLast)",
    caughtBy: 'any bit of any segment',
    lists: ['RA34'],
  },
  {
    name: 'takes a torn end for that of a crash in an earlier segment too',
    file: recovery,
    find: "(end.kind === 'torn' && !isLast)",
    replace: "(end.kind === 'torn' && isLast && end.offset < 0)",
    caughtBy: 'an earlier segment with something behind its records',
    lists: ['RA34'],
  },
  {
    name: 'leaves the torn record where it is, and writes the next one behind it',
    file: recovery,
    find: "  if (end.kind === 'torn') await disk.truncate(name, end.offset)\n",
    replace: '',
    caughtBy: 'wherever it is cut: the log has the records before, and goes on behind them',
    lists: [],
  },
  {
    name: 'relies on what it has read and not synced',
    file: recovery,
    find: '  await disk.sync(name)\n  await disk.syncDirectory()',
    replace: '  await disk.syncDirectory()',
    caughtBy: 'reads what it had written, and brings it to the disk before it relies on it',
    lists: [],
  },
  {
    name: 'relies on a segment that may not be in the directory',
    file: recovery,
    find: '  await disk.sync(name)\n  await disk.syncDirectory()',
    replace: '  await disk.sync(name)',
    caughtBy: 'loses nothing that the next one saves',
    lists: ['RA37'],
  },
  {
    name: 'keeps entries behind those that have replaced the ones before them',
    file: recovery,
    find: 'log.entries.length = from - 1\n    for (const entry of entries) log.entries.push(entry)',
    replace: 'for (const [at, entry] of entries.entries()) log.entries[from - 1 + at] = entry',
    caughtBy: 'has the term and the vote of the last save, and the log that all of them have made',
    lists: ['RA22'],
  },
  {
    name: 'keeps a vote of an earlier term',
    file: recovery,
    find: 'return { term, votedFor, log }',
    replace: 'return { term, votedFor: votedFor ?? before?.votedFor, log }',
    caughtBy: 'has what was saved, whatever was saved, in segments of any size',
    lists: [],
  },
]

export const mutants: readonly Mutant[] = [...inWriting, ...inRecovery]
