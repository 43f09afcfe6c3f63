/**
 * Which parts of a message can be moved to another thread rather than copied.
 *
 * An `ArrayBuffer` is moved by handing over its memory, however large, and is
 * empty ("detached") at the sender from then on. Everything else is copied.
 */

/** How deep in a message buffers are looked for. Below that they are copied. */
const DEPTH_MAX = 8
/** How many values of a message are looked at. The buffers behind that are copied. */
const VALUES_MAX = 1_000

/**
 * The buffers in `message` that belong to it alone: an `ArrayBuffer`, or a view
 * that covers the whole of its buffer; at the top or nested in arrays and plain
 * objects. Each once.
 *
 * A view on a part of a buffer is not among them. Somebody else may hold the
 * rest, and would find it gone: Node's small `Buffer`s all share one pool. It is
 * copied, together with the whole buffer under it; `slice()` it before when
 * that is large.
 */
export function ownBuffers(message: unknown): readonly ArrayBuffer[] {
  const found = new Set<ArrayBuffer>()
  let level = [message]
  let looked = 0
  for (let depth = 0; level.length > 0 && depth <= DEPTH_MAX; depth++) {
    const below: unknown[] = []
    for (const value of level) {
      if (looked++ === VALUES_MAX) return [...found]
      const buffer = ownBuffer(value)
      if (buffer !== undefined) found.add(buffer)
      else for (const part of partsOf(value)) below.push(part)
    }
    level = below
  }
  return [...found]
}

function ownBuffer(value: unknown): ArrayBuffer | undefined {
  if (value instanceof ArrayBuffer) return value
  if (!ArrayBuffer.isView(value) || !(value.buffer instanceof ArrayBuffer)) return undefined
  return value.byteLength === value.buffer.byteLength ? value.buffer : undefined
}

/** What an array or a plain object holds; of anything else, nothing. */
function partsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.slice(0, VALUES_MAX)
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return []
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null ? Object.values(value) : []
}
