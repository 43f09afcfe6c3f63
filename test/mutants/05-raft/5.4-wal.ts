/** Mistakes that people make when they write a write-ahead log, and the check that notices each. */
import type { Mutant } from '../../mutant.ts'

const file = 'solutions/05-raft/wal.ts'

export const mutants: readonly Mutant[] = [
  {
    name: 'acknowledges a record that was written and not synced',
    file,
    find: '    await this.#disk.sync(name)\n',
    replace: '',
    caughtBy: 'is done when the sync is over, and not before',
    lists: ['RA2'],
  },
  {
    name: 'syncs for each save',
    file,
    find: 'return this.#waiting.splice(0, count)',
    replace: 'return this.#waiting.splice(0, 1)',
    caughtBy: 'wait for the next one, together',
    lists: [],
  },
  {
    name: 'writes a record for each save, and syncs once for all of them',
    file,
    find: 'await this.#write(recordOf(group.map(({ change }) => change)))',
    replace: `for (const { change } of group.slice(0, -1)) await this.#disk.append(this.#segment.name, recordOf([change]))
        await this.#write(recordOf(group.slice(-1).map(({ change }) => change)))`,
    caughtBy: 'wait for the next one, together',
    lists: [],
  },
  {
    name: 'goes on after a sync that has failed, and acknowledges what comes next',
    file,
    find: `        this.#hasFailed = true
        this.#waiting = []`,
    replace: '        this.#isWriting = false',
    caughtBy: 'acknowledges nothing, now or later, and is told once',
    lists: ['RA38'],
  },
  {
    name: 'tries a sync again that has failed, and believes the second one',
    file,
    find: `    await this.#disk.sync(name)
    this.#segment`,
    replace: `    await this.#disk.sync(name).catch(() => this.#disk.sync(name))
    this.#segment`,
    caughtBy: 'acknowledges nothing, now or later, and is told once',
    lists: ['RA38'],
  },
  {
    name: 'takes no notice of a sync that has failed',
    file,
    find: `    await this.#disk.sync(name)
    this.#segment`,
    replace: `    await this.#disk.sync(name).catch(() => {})
    this.#segment`,
    caughtBy: 'acknowledges nothing, now or later, and is told once',
    lists: ['RA38'],
  },
  {
    name: 'lets those wait for ever who asked after the group was taken',
    file,
    find: 'while (this.#waiting.length > 0) {',
    replace: 'if (this.#waiting.length > 0) {',
    caughtBy: 'wait for the next one, together',
    lists: [],
  },
  {
    name: 'puts more into a record than one can be read with',
    file,
    find: 'if (count > 0 && length > CHANGES_BYTES_MAX) break',
    replace: '',
    caughtBy: 'and are too long for one record, go into several',
    lists: [],
  },
  {
    name: 'begins to write once more while it calls those who waited',
    file,
    find: '      for (const { done } of group) done()\n',
    replace: '      this.#isWriting = false\n      for (const { done } of group) done()\n',
    caughtBy: 'are asked for in a `done` as well',
    lists: [],
  },
  {
    name: 'writes those first who have come last',
    file,
    find: 'return this.#waiting.splice(0, count)',
    replace: 'return this.#waiting.splice(-count)',
    caughtBy: 'and are too long for one record, go into several',
    lists: [],
  },
  {
    name: 'passes over a save that does not fit, and takes a shorter one from behind it',
    file,
    find: `    let [count, length] = [0, 0]
    for (const { change } of this.#waiting) {
      length += lengthMax(change)
      if (count > 0 && length > CHANGES_BYTES_MAX) break
      count += 1
    }
    return this.#waiting.splice(0, count)`,
    replace: `    let length = 0
    const group: Waiting[] = []
    const rest: Waiting[] = []
    for (const each of this.#waiting) {
      const fits = group.length === 0 || length + lengthMax(each.change) <= CHANGES_BYTES_MAX
      if (fits) length += lengthMax(each.change)
      ;(fits ? group : rest).push(each)
    }
    this.#waiting = rest
    return group`,
    caughtBy: 'and are too long for one record, go into several',
    lists: [],
  },
  {
    name: 'takes nobody when a single save seems too long, and writes records of nothing',
    file,
    find: 'if (count > 0 && length > CHANGES_BYTES_MAX) break',
    replace: 'if (length > CHANGES_BYTES_MAX) break',
    caughtBy: 'and are too long by `lengthMax`, go alone',
    lists: [],
  },
  {
    name: 'tells of a failure as often as there are saves in the group',
    file,
    find: '        this.#options.onFatal(new WalFailed(this.#segment.name, error))\n',
    replace: '        for (const _ of group) this.#options.onFatal(new WalFailed(this.#segment.name, error))\n',
    caughtBy: 'is told once, however many waited for it',
    lists: [],
  },
  {
    name: 'knows no limit for a segment when nobody has given one',
    file,
    find: 'const { segmentBytesMax = SEGMENT_BYTES_MAX } = this.#options',
    replace: 'const { segmentBytesMax = Infinity } = this.#options',
    caughtBy: 'takes SEGMENT_BYTES_MAX when nobody says how much it may',
    lists: [],
  },
  {
    name: 'makes a segment while writing, and does not sync the directory',
    file,
    find: '      this.#segment = await startSegment(this.#disk, this.#nextRecord)\n',
    replace: `      const name = \`\${String(this.#nextRecord).padStart(16, '0')}.wal\`
      await this.#disk.create(name)
      this.#segment = { name, length: 0 }\n`,
    caughtBy: 'is followed by the next one when a record would make it too long',
    lists: ['RA37'],
  },
  {
    name: 'never begins another segment',
    file,
    find: 'this.#segment.length + record.length > segmentBytesMax',
    replace: 'this.#segment.length > Infinity',
    caughtBy: 'is followed by the next one when a record would make it too long',
    lists: [],
  },
  {
    name: 'leaves an empty segment before a record that is too long for any',
    file,
    find: 'if (this.#segment.length > 0 && this.#segment',
    replace: 'if (this.#segment',
    caughtBy: 'of which a single record is longer than a segment may be has that record alone',
    lists: [],
  },
]
