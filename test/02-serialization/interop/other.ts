/** What another implementation of Protocol Buffers does with our values. */
export interface Other {
  readonly encode: (value: unknown) => Uint8Array
  /** Our value for what it makes of the bytes. Throws when it refuses them. */
  readonly decode: (bytes: Uint8Array) => unknown
  /** What it writes when it has read these bytes. */
  readonly passOn: (bytes: Uint8Array) => Uint8Array
}
