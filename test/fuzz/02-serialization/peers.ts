/** Other implementations of Protocol Buffers, asked about the same bytes as ours. */
import { isDeepStrictEqual } from 'node:util'
import { type Decoded, explain } from '#serialization/decoded'
import type { Message } from '#serialization/protobuf-form'
import { throughBufbuild } from '../../02-serialization/interop/bufbuild.ts'
import type { Other } from '../../02-serialization/interop/other.ts'
import { throughProtobufjs } from '../../02-serialization/interop/protobufjs.ts'
import { strictnessOf } from '../../02-serialization/interop/strictness.ts'
import { inOrderOfObjects } from '../../02-serialization/interop/translate.ts'

export type PeerName = 'protobufjs' | '@bufbuild/protobuf'

/** How a peer sees the same bytes, or the rule that is broken if it must not see them so. */
export type Opinion =
  | { readonly kind: 'the same value' | 'refused by both' }
  | { readonly kind: 'refused by us alone'; readonly strictness: string }
  | { readonly kind: 'broken'; readonly rule: string }

export class Peers {
  readonly #others: Readonly<Record<PeerName, Other>>

  constructor(message: Message) {
    this.#others = { protobufjs: throughProtobufjs(message), '@bufbuild/protobuf': throughBufbuild(message) }
  }

  /** What our decoder accepts is the same value to others. What it refuses and they don't falls under a strictness with a name. */
  opinion(name: PeerName, bytes: Uint8Array, ours: Decoded<unknown>): Opinion {
    const theirs = attempt(this.#others[name], bytes)
    if (ours.ok) {
      if (!theirs.ok) return broken(name, `refuses it: ${theirs.reason}`)
      const isSame = isDeepStrictEqual(theirs.value, inOrderOfObjects(ours.value)) // any order of a map will do
      return isSame ? { kind: 'the same value' } : broken(name, 'reads another value')
    }
    if (!theirs.ok) return { kind: 'refused by both' }
    const strictness = strictnessOf(ours.error)
    if (strictness !== undefined) return { kind: 'refused by us alone', strictness }
    return broken(name, `reads it, and our refusal is no strictness with a name: ${explain(ours.error)}`)
  }
}

function attempt(other: Other, bytes: Uint8Array): { ok: true; value: unknown } | { ok: false; reason: string } {
  try {
    return { ok: true, value: other.decode(bytes) }
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) } // of whatever kind
  }
}

function broken(name: PeerName, what: string): Opinion {
  return { kind: 'broken', rule: `another implementation, ${name}, ${what}` }
}
