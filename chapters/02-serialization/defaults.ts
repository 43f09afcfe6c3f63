// Exercise 2.5, unfinished on purpose: whatever throws `unimplemented` is yours to write.
// Read docs/02-serialization/2.5-evolution.md, then let `npm run check 2.5` tell you how far you are.
// Stub 8df57603: by this fingerprint `npm run reset` knows whether you have edited the file.

/**
 * What a reader sees where nothing was written: zero, false, no text, no bytes,
 * nothing in the list, and the first value of a literal (proto3, "Default Field
 * Values"). A writer leaves these out, and a field that is new reads as such in
 * bytes that are old.
 */
import type { Schema } from '#serialization/schema'
import { unimplemented } from '#unimplemented'

/**
 * The default of a schema; of a struct, an object with the defaults of its
 * fields, in which those that may be absent are. A union has none: `undefined`,
 * and so for a struct that must contain one.
 *
 * @exercise 2.5a A case for each kind. Make a new object, list, map and Uint8Array each time.
 */
export function defaultOf(schema: Schema): unknown {
  throw unimplemented('2.5a', 'A case for each kind. Make a new object, list, map and Uint8Array each time.')
}

/**
 * Whether a writer leaves out `value`. A struct is written even when all of its
 * fields are left out: whether it is there can be told from its length of 0. Of an
 * f64, -0 is not the default: its bits differ. A whole number has no -0, and writes it as 0.
 *
 * @exercise 2.5a Only of scalars, literals, lists and maps.
 */
export function isDefault(schema: Schema, value: unknown): boolean {
  throw unimplemented('2.5a', 'Only of scalars, literals, lists and maps.')
}
