// Exercise 2.7, unfinished on purpose: whatever throws `unimplemented` is yours to write.
// Read docs/02-serialization/2.7-compile.md, then let `npm run check 2.7` tell you how far you are.
// Stub a024339b: by this fingerprint `npm run reset` knows whether you have edited the file.

/**
 * The code that writes a value in the compact format. It returns false for a
 * value that the schema doesn't describe, as soon as it meets one.
 */
import type { List, MapOf, Schema, Struct, Union } from '#serialization/schema'
import type { Source } from '#serialization/source'
import { unimplemented } from '#unimplemented'

/**
 * Adds the lines that write `value`, the name of a variable. They know the
 * schema, so nothing is left to decide about it when they run. For a struct they
 * look first whether `value` is an object.
 *
 * @exercise 2.7a A line or two for each kind: look at the value, then write it.
 */
export function emitWrite(source: Source, schema: Schema, value: string): void {
  throw unimplemented('2.7a', 'A line or two for each kind: look at the value, then write it.')
}

/**
 * Adds the lines that write a list. Each item is read once, as a field is, and the
 * list stays as it is.
 *
 * @exercise 2.7b A loop, around the lines for an item.
 */
function emitWriteList(source: Source, { item: schema }: List, value: string): void {
  throw unimplemented('2.7b', 'A loop, around the lines for an item.')
}

/** Adds the lines that write a map, in the order of its keys. */
function emitWriteMap(source: Source, schema: MapOf, value: string): void {
  const [entries, entry] = [source.name('entries'), source.name('entry')]
  const [key, item] = [source.name('key'), source.name('item')]
  source.line(`if (!(${value} instanceof Map)) return false`)
  source.line(`const ${entries} = [...${value}].sort(tools.compareEntries)`)
  source.line(`writer.varint(${entries}.length)`)
  source.line(`for (const ${entry} of ${entries}) {`)
  source.line(`const ${key} = ${entry}[0], ${item} = ${entry}[1]`)
  emitWrite(source, schema.key, key)
  emitWrite(source, schema.value, item)
  source.line('}')
}

/**
 * Adds the lines that write the fields of a struct. `value` is an object already.
 * Each field is read once: a getter may return something else the next time, and
 * what was looked at is what has to be written.
 *
 * @exercise 2.7b No loop is left: the lines of one field after those of the other.
 */
function emitWriteFields(source: Source, { fields }: Struct, value: string): void {
  throw unimplemented('2.7b', 'No loop is left: the lines of one field after those of the other.')
}

/** Adds the lines that write a union: a branch for each case. */
function emitWriteUnion(source: Source, { discriminator, cases }: Union, value: string): void {
  source.line(`if (typeof ${value} !== 'object' || ${value} === null) return false`)
  const chosen = source.name(discriminator)
  source.line(`const ${chosen} = ${value}.${discriminator}`)
  for (const [place, { name, schema }] of cases.entries()) {
    source.line(`${place === 0 ? '' : '} else '}if (${chosen} === ${JSON.stringify(name)}) {`)
    source.line(`writer.varint(${place})`)
    emitWriteFields(source, schema, value)
  }
  source.line('} else return false')
}
