/** Where the local site has the runs of failing checks, and what it says about them. Both sides of the wire import this. */

/** Ends with a slash: alone it is the list, and with a name behind it a run. */
export const replayAddress = '/@replays/'

/** A name that may be asked for. It has no slash, so it can't lead out of its folder. */
export const replayName = /^[a-z0-9.-]+\.jsonl$/

/** One run, as the list tells of it. */
export interface ReplayEntry {
  readonly name: string
  readonly sizeBytes: number
  /** The rule that was broken, if the file's first line says so. */
  readonly rule?: string
  readonly seed?: number
}
