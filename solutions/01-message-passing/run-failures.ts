/** Why a simulated run ends before its time. For a broken rule see `rules`. */

/** A host's program, or a handler of it, has thrown. */
export class HostFailed extends Error {
  override readonly name = 'HostFailed'
  readonly code = 'HOST_FAILED'
  readonly host: string

  constructor(host: string, atMs: number, cause: unknown) {
    super(`${host} failed at ${atMs} ms: ${cause instanceof Error ? cause.message : cause}`, { cause })
    this.host = host
  }
}

/** The run can't go on, or did not come to the end that was expected. */
export class RunStuck extends Error {
  override readonly name = 'RunStuck'
  readonly code = 'RUN_STUCK'
}
