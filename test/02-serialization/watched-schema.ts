/** A schema that counts how often it is asked for something. */
import type { Schema } from '#serialization/schema'

export interface Watched<S extends Schema> {
  readonly schema: S
  /** How many properties of the schema or its parts have been read so far. Lists aren't counted, what is in them is. */
  looks(): number
}

export function watched<S extends Schema>(schema: S): Watched<S> {
  let count = 0
  function wrap<P extends object>(part: P): P {
    return new Proxy(part, {
      get(target, name) {
        if (!Array.isArray(target)) count += 1
        const inner: unknown = Reflect.get(target, name)
        return typeof inner === 'object' && inner !== null ? wrap(inner) : inner
      },
    })
  }
  return { schema: wrap(structuredClone(schema)), looks: () => count }
}
