/**
 * What decoding returns. Bytes that come from outside may be anything, so bad
 * ones are no exception but one of two results, and the caller must look at both.
 */

/** What is wrong with some bytes, and where. */
export interface DecodeError {
  /** Which part of the value was being read: `entries[3].key`, or `''` for the whole of it. */
  readonly path: string
  /** Where in the input the part that is wrong begins, counted in bytes from 0. */
  readonly offset: number
  /** What should have stood there: `'a bool, 0 or 1'`. */
  readonly expected: string
  /** What stands there instead: `'2'`. */
  readonly found: string
}

export type Decoded<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: DecodeError }

/** The error in a sentence, for a log or an operator. */
export function explain({ path, offset, expected, found }: DecodeError): string {
  const where = path === '' ? `offset ${offset}` : `offset ${offset}, in ${path}`
  return `${where}: expected ${expected}, found ${found}`
}

/**
 * Thrown by whatever reads bytes, deep within a decoder, and caught where the
 * decoder began. It never leaves a codec's `decode`.
 */
export class Malformed extends Error {
  override readonly name = 'Malformed'
  readonly offset: number
  readonly expected: string
  readonly found: string

  constructor(offset: number, expected: string, found: string) {
    super(explain({ path: '', offset, expected, found }))
    this.offset = offset
    this.expected = expected
    this.found = found
  }
}
