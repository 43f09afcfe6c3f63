/**
 * Reads JSON (RFC 8259) token by token from its bytes. `JSON.parse` can't serve
 * here: it doesn't say where it failed, it takes the last of several members with
 * one name, and numbers past 2^53 have lost digits before anybody sees them.
 */
import { Malformed } from '#serialization/decoded'
import { brokenUtf8At, readUtf8, utf8Length } from '#serialization/utf8'
import { byteInWords, inWords } from '#serialization/words'

/** How deep values that nobody asked for may be nested before reading stops: each level takes stack. */
export const DEPTH_MAX = 64

const QUOTE = 0x22
const BACKSLASH = 0x5c
const ESCAPES: ReadonlyMap<string, string> = new Map(
  Object.entries({ '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }),
)
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

export class JsonReader {
  readonly bytes: Uint8Array
  at = 0

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  /** The character that the next token begins with, or `''` at the end. White space before it is passed over. */
  next(): string {
    while (isSpace(this.bytes[this.at])) this.at++
    const byte = this.bytes[this.at]
    return byte === undefined ? '' : String.fromCharCode(byte)
  }

  /** Passes over the punctuation `mark`. */
  expect(mark: string): void {
    if (this.next() !== mark) throw this.unexpected(`"${mark}"`)
    this.at++
  }

  /** Passes over `mark` if it comes next, and says whether it did. */
  accept(mark: string): boolean {
    if (this.next() !== mark) return false
    this.at++
    return true
  }

  /** Throws unless nothing but white space is left. */
  end(): void {
    if (this.next() !== '') throw this.unexpected('the end')
  }

  /** A string, without its quotes and escapes. */
  string(): string {
    if (this.next() !== '"') throw this.unexpected('a string')
    const start = this.at++
    let text = ''
    let from = this.at
    for (;;) {
      const byte = this.bytes[this.at]
      if (byte === undefined || byte < 0x20) throw this.unexpected('a character of a string, or its end')
      if (byte === QUOTE || byte === BACKSLASH) {
        text += readUtf8(this.bytes, from, this.at)
        this.at++
        if (byte === QUOTE) break
        text += this.#escape()
        from = this.at
      } else this.at++
    }
    if (utf8Length(text) < 0) throw new Malformed(start, 'text without half of a surrogate pair', inWords(text))
    return text
  }

  /** A number as it is written, so that no digit is lost. */
  number(): string {
    this.next()
    const start = this.at
    const endMax = start + NUMBER_LENGTH_MAX
    while (this.at <= endMax && isOfNumber(this.bytes[this.at])) this.at++
    const text = readUtf8(this.bytes, start, this.at)
    if (this.at <= endMax && NUMBER.test(text)) return text
    this.at = start
    throw this.unexpected('a number')
  }

  /** One of the words true, false and null. */
  word(): string {
    this.next()
    const start = this.at
    while (isSmallLetter(this.bytes[this.at]) && this.at - start < 6) this.at++
    const text = readUtf8(this.bytes, start, this.at)
    if (text === 'true' || text === 'false' || text === 'null') return text
    this.at = start
    throw this.unexpected('true, false or null')
  }

  /** Passes over a value of any kind. */
  skip(depth = 1): void {
    const mark = this.next()
    if (depth > DEPTH_MAX) throw new Malformed(this.at, `at most ${DEPTH_MAX} values within one another`, 'one more')
    if (mark === '"') this.string()
    else if (mark === '[') this.items(() => this.skip(depth + 1))
    else if (mark === '{') this.members(() => this.skip(depth + 1))
    else if (/[-\d]/.test(mark)) this.number()
    else this.word()
  }

  /** An array: `readItem` is called for each item, and reads it. */
  items(readItem: (index: number) => void): void {
    this.expect('[')
    if (this.accept(']')) return
    for (let index = 0; ; index++) {
      readItem(index)
      if (this.accept(']')) return
      this.expect(',')
    }
  }

  /**
   * An object: `readMember` is called after each name, and reads the value. If it returns
   * false, the rest is not looked at. A name that comes twice is refused.
   */
  members(readMember: (name: string, nameAt: number) => unknown): void {
    this.expect('{')
    const names = new Set<string>()
    if (this.accept('}')) return
    for (;;) {
      this.next()
      const nameAt = this.at
      const name = this.string()
      if (names.has(name)) throw new Malformed(nameAt, 'each name once', `${inWords(name)} again`)
      names.add(name)
      this.expect(':')
      this.next()
      if (readMember(name, nameAt) === false) return
      if (this.accept('}')) return
      this.expect(',')
    }
  }

  /**
   * Where the value of the member `name` begins in the object that comes next, or
   * nothing if it has none. The reader stays where it is. What stands behind is not looked at.
   */
  find(name: string): number | undefined {
    const start = this.at
    let valueAt: number | undefined
    this.members((member) => {
      if (member === name) valueAt = this.at
      else this.skip()
      return member !== name
    })
    this.at = start
    return valueAt
  }

  /** What to throw when something else stands here than `expected`. */
  unexpected(expected: string): Malformed {
    const byte = this.bytes[this.at]
    if (byte === undefined) return new Malformed(this.at, expected, 'the end of the input')
    const end = brokenUtf8At(this.bytes, this.at, Math.min(this.at + SHOWN_BYTES, this.bytes.length))
    const isText = end > this.at && byte >= 0x20
    const found = isText ? JSON.stringify(readUtf8(this.bytes, this.at, end)) : byteInWords(byte)
    return new Malformed(this.at, expected, found)
  }

  #here(): string {
    const byte = this.bytes[this.at]
    return byte === undefined ? '' : String.fromCharCode(byte)
  }

  #escape(): string {
    const character = this.#here()
    const plain = ESCAPES.get(character)
    if (plain !== undefined) {
      this.at++
      return plain
    }
    const digits = String.fromCharCode(...this.bytes.subarray(this.at + 1, this.at + 5))
    if (character !== 'u' || !/^[\dA-Fa-f]{4}$/.test(digits)) throw this.unexpected('an escape')
    this.at += 5
    return String.fromCharCode(Number.parseInt(digits, 16))
  }
}

/** How much of what follows an error shows. */
const SHOWN_BYTES = 12

/** More digits than any number needs that a double can hold: one with more is refused, and not read for ever. */
const NUMBER_LENGTH_MAX = 400

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d
}

/** Digits, and - + . e E. */
function isOfNumber(byte = 0): boolean {
  return (byte >= 0x30 && byte <= 0x39) || byte === 0x2d || byte === 0x2b || byte === 0x2e || (byte | 0x20) === 0x65
}

function isSmallLetter(byte = 0): boolean {
  return byte >= 0x61 && byte <= 0x7a
}
