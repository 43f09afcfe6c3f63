/** A schema, the type that is read off it, and the same type written by hand. A test compares the two. */
import { bytes, type Infer, optional, string, struct, u32, union } from '#serialization/schema'

export const command = union('kind', {
  get: struct({ key: string }),
  put: struct({ key: string, value: bytes, ttlMs: optional(u32) }),
})

export type Command = Infer<typeof command>

/** What an editor shows for `Command`. */
export type CommandByHand =
  | { readonly kind: 'get'; readonly key: string }
  | { readonly kind: 'put'; readonly key: string; readonly value: Uint8Array; readonly ttlMs?: number | undefined }
