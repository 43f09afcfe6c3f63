// Exercise 2.7, unfinished on purpose: whatever throws `unimplemented` is yours to write.
// Read docs/02-serialization/2.7-compile.md, then let `npm run check 2.7` tell you how far you are.
// Stub 8f73abf7: by this fingerprint `npm run reset` knows whether you have edited the file.

/**
 * The code that reads a value in the compact format. It returns undefined for
 * bytes that are not one, or throws `Malformed` where its reader does.
 */
import { lengthMin } from '#serialization/length-min'
import type { List, MapOf, Schema, Struct, Union } from '#serialization/schema'
import type { Source } from '#serialization/source'
import { unimplemented } from '#unimplemented'

/**
 * Adds the lines that read a value, and returns an expression for it: the name of
 * a variable, which begins with `hint`, or something short that is made of it. The
 * lines that follow may use it more than once, so there is nothing in it that reads.
 *
 * @exercise 2.7c Read, then refuse what the schema doesn't describe.
 */
export function emitRead(source: Source, schema: Schema, hint = 'value'): string {
  throw unimplemented('2.7c', "Read, then refuse what the schema doesn't describe.")
}

/**
 * Adds the lines that read a list, and returns its name, `items`: no variable is
 * declared by that name yet. Each list that is read is a new one.
 *
 * @exercise 2.7d Hold the count against the bytes that are left, then loop around the lines for an item.
 */
function emitReadList(source: Source, { item }: List, items: string): string {
  throw unimplemented('2.7d', 'Hold the count against the bytes that are left, then loop around the lines for an item.')
}

/** Adds the lines that read a map, whose keys must come in their order. */
function emitReadMap(source: Source, schema: MapOf, entries: string): string {
  const [count, index, previous] = [source.name('count'), source.name('index'), source.name('previous')]
  source.line(`const ${count} = reader.varint()`)
  source.line(`if (${count} * ${lengthMin(schema.key) + lengthMin(schema.value)} > reader.remaining) return undefined`)
  source.line(`const ${entries} = new Map()`)
  source.line(`let ${previous}`)
  source.line(`for (let ${index} = 0; ${index} < ${count}; ${index}++) {`)
  const key = emitRead(source, schema.key, 'key')
  source.line(`if (${index} > 0 && tools.compareKeys(${previous}, ${key}) >= 0) return undefined`)
  source.line(`${previous} = ${key}`)
  source.line(`${entries}.set(${key}, ${emitRead(source, schema.value, 'item')})`)
  source.line('}')
  return entries
}

/**
 * Adds the lines that read the fields of a struct into a new object, and returns its
 * name, `object`: no variable is declared by that name yet. Its first properties are
 * those in `first`, which are parts of an object literal already: `kind: "get"`.
 *
 * @exercise 2.7d All fields, then one object literal: objects that are made alike are fast to use.
 */
function emitReadStruct(source: Source, { fields }: Struct, object: string, first: readonly string[]): string {
  throw unimplemented('2.7d', 'All fields, then one object literal: objects that are made alike are fast to use.')
}

/** Adds the lines that read a union: a branch for each case. */
function emitReadUnion(source: Source, { discriminator, cases }: Union, value: string): string {
  const place = source.name('place')
  source.line(`const ${place} = reader.varint()`)
  source.line(`let ${value}`)
  for (const [index, { name, schema }] of cases.entries()) {
    source.line(`${index === 0 ? '' : '} else '}if (${place} === ${index}) {`)
    const object = emitReadStruct(source, schema, source.name(name), [`${discriminator}: ${JSON.stringify(name)}`])
    source.line(`${value} = ${object}`)
  }
  source.line('} else return undefined')
  return value
}
