/** Mistakes that people make with a buffer that grows, and the check that notices each. */
import type { Mutant } from '../../mutant.ts'

const writer = 'solutions/02-serialization/writer.ts'

export const mutants: readonly Mutant[] = [
  {
    name: 'takes a new chunk without what was written of the message',
    file: writer,
    find: '    this.#bytes.set(written)\n',
    replace: '',
    caughtBy: 'holds a message of exactly its size',
    lists: [],
  },
  {
    name: 'keeps writing numbers into the old chunk',
    file: writer,
    find: '    this.#view = undefined\n',
    replace: '',
    caughtBy: 'of which there are thousands goes through every change of chunk',
    lists: [],
  },
  {
    name: 'hands out the old chunk when the message is in the new one',
    file: writer,
    find: '    this.#buffer = this.#bytes.buffer\n',
    replace: '',
    caughtBy: 'may begin in one chunk and end in another',
    lists: [],
  },
  {
    name: 'takes a chunk that is exactly as large as it must be, and copies the message at each write',
    file: writer,
    find: 'Math.max(CHUNK_SIZE, 2 * (written.length + count))',
    replace: 'Math.max(CHUNK_SIZE, written.length + count)',
    caughtBy: 'has as many bytes as it needs: twice as many as a message of CHUNK_SIZE',
    lists: [],
  },
  {
    name: 'grows by half of what is needed: up to 3n bytes are copied',
    file: writer,
    find: 'Math.max(CHUNK_SIZE, 2 * (written.length + count))',
    replace: 'Math.max(CHUNK_SIZE, Math.ceil(1.5 * (written.length + count)))',
    caughtBy: 'has as many bytes as it needs: twice as many as a message of CHUNK_SIZE',
    lists: [],
  },
  {
    name: 'doubles what was written, and not what is added to it',
    file: writer,
    find: 'Math.max(CHUNK_SIZE, 2 * (written.length + count))',
    replace: 'Math.max(CHUNK_SIZE, 2 * written.length + count)',
    caughtBy: 'has as many bytes as it needs: twice as many as are written and will be written',
    lists: [],
  },
  {
    name: 'takes chunks that never get smaller: after one large message all are large',
    file: writer,
    find: 'Math.max(CHUNK_SIZE, 2 * (written.length + count))',
    replace: 'Math.max(CHUNK_SIZE, this.#bytes.length, 2 * (written.length + count))',
    caughtBy: 'has CHUNK_SIZE bytes again after a large message',
    lists: [],
  },
  {
    name: 'begins every writer with the same chunk',
    file: writer,
    find: `/** Writes messages, one after the other. Each writer has chunks of its own. */
export class Writer {
  #bytes = new Uint8Array(0)`,
    replace: `const POOL = new Uint8Array(CHUNK_SIZE)

export class Writer {
  #bytes = POOL`,
    caughtBy: 'belongs to one writer: two of them never write in the same place',
    lists: [],
  },
  {
    name: 'grows by one chunk at a time, and copies a large message over and over',
    file: writer,
    find: 'Math.max(CHUNK_SIZE, 2 * (written.length + count))',
    replace: 'CHUNK_SIZE + written.length + count',
    caughtBy: 'is followed by one with twice the room',
    lists: [],
  },
  {
    name: 'goes to a new chunk, and still counts from where the message began in the old one',
    file: writer,
    find: '    this.#start = 0\n',
    replace: '',
    caughtBy: 'may begin in one chunk and end in another',
    lists: [],
  },
  {
    name: 'takes a chunk twice as large each time, however small the messages are',
    file: writer,
    find: 'Math.max(CHUNK_SIZE, 2 * (written.length + count))',
    replace: 'Math.max(CHUNK_SIZE, 2 * this.#bytes.length, written.length + count)',
    caughtBy: 'is as large as the one before, however many small messages went before it',
    lists: [],
  },
  {
    name: 'takes along the whole chunk, with every message that was finished',
    file: writer,
    find: `    const written = this.length === 0 ? NO_BYTES : this.#bytes.subarray(this.#start, this.#at)
    this.#bytes = new Uint8Array(Math.max(CHUNK_SIZE, 2 * (written.length + count)))
    this.#buffer = this.#bytes.buffer
    this.#view = undefined
    this.#bytes.set(written)
    this.#start = 0
    this.#at = written.length`,
    replace: `    const written = this.#bytes.subarray(0, this.#at)
    this.#bytes = new Uint8Array(Math.max(CHUNK_SIZE, 2 * (written.length + count)))
    this.#buffer = this.#bytes.buffer
    this.#view = undefined
    this.#bytes.set(written)`,
    caughtBy: 'is as large as the one before, however many small messages went before it',
    lists: [],
  },
  {
    name: 'makes room for a large message only as large as a chunk',
    file: writer,
    find: 'Math.max(CHUNK_SIZE, 2 * (written.length + count))',
    replace: 'Math.max(CHUNK_SIZE, 2 * written.length)',
    caughtBy: 'of 100000 bytes has its length before it',
    lists: [],
  },
  {
    name: 'begins every message at the start of the same chunk',
    file: writer,
    find: '    this.#start = this.#at\n    return message',
    replace: '    this.#at = this.#start\n    return message',
    caughtBy: 'that is full is left alone: a finished message never changes',
    lists: [],
  },
  {
    name: 'begins no new message',
    file: writer,
    find: '    this.#start = this.#at\n    return message',
    replace: '    return message',
    caughtBy: 'has nothing of the one before in it',
    lists: [],
  },
  {
    name: 'copies every message',
    file: writer,
    find: 'const message = new Uint8Array(this.#buffer, this.#start, this.#at - this.#start)',
    replace: 'const message = this.#bytes.slice(this.#start, this.#at)',
    caughtBy: 'is shared by small messages',
    lists: [],
  },
]
