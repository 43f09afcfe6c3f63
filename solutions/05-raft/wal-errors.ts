/** Why a write-ahead log stops. */

/**
 * A record that was promised to somebody is damaged or missing. The log is not used: who
 * goes on without it may break a promise. Bring the file back from a copy that has all of its records.
 * Without one, the server no longer knows what it has promised, and may not come back under its name:
 * it joins as a new member.
 */
export class WalCorrupt extends Error {
  override readonly name = 'WalCorrupt'
  readonly code = 'WAL_CORRUPT'
  readonly file: string
  /** Where in the file the first record begins that can't be used. */
  readonly offset: number
  readonly reason: string

  constructor(file: string, offset: number, reason: string) {
    super(`${file} can't be used from offset ${offset} on: ${reason}`)
    this.file = file
    this.offset = offset
    this.reason = reason
  }
}

/**
 * The disk has refused to write or to sync. Saves that were under way may be on it or not, and nobody
 * can find out in this life of the machine.
 */
export class WalFailed extends Error {
  override readonly name = 'WalFailed'
  readonly code = 'WAL_FAILED'
  /** The segment that was being written. */
  readonly file: string

  constructor(file: string, cause: unknown) {
    super(`${file} can't be written: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
    this.file = file
  }
}
