/**
 * The code that writes a value in the compact format. It returns false for a
 * value that the schema doesn't describe, as soon as it meets one.
 */
import type { List, MapOf, Schema, Struct, Union } from '#serialization/schema'
import type { Source } from '#serialization/source'

/**
 * Adds the lines that write `value`, the name of a variable. They know the
 * schema, so nothing is left to decide about it when they run. For a struct they
 * look first whether `value` is an object.
 *
 * @exercise 2.7a A line or two for each kind: look at the value, then write it.
 */
export function emitWrite(source: Source, schema: Schema, value: string): void {
  switch (schema.kind) {
    case 'bool':
      source.line(`if (typeof ${value} !== 'boolean') return false`)
      return source.line(`writer.u8(${value} ? 1 : 0)`)
    case 'u32':
      source.line(`if (typeof ${value} !== 'number' || ${value} >>> 0 !== ${value}) return false`)
      return source.line(`writer.varint(${value})`)
    case 'u53':
      source.line(`if (!Number.isSafeInteger(${value}) || ${value} < 0) return false`)
      return source.line(`writer.varint(${value})`)
    case 'u64':
      source.line(`if (typeof ${value} !== 'bigint' || BigInt.asUintN(64, ${value}) !== ${value}) return false`)
      return source.line(`writer.varint64(${value})`)
    case 'i64':
      source.line(`if (typeof ${value} !== 'bigint' || BigInt.asIntN(64, ${value}) !== ${value}) return false`)
      return source.line(`writer.varint64(tools.zigzag(${value}))`)
    case 'f64':
      source.line(`if (typeof ${value} !== 'number') return false`)
      return source.line(`writer.f64(${value})`)
    case 'string':
      return source.line(`if (typeof ${value} !== 'string' || !writer.tryString(${value})) return false`)
    case 'bytes':
      source.line(`if (!(${value} instanceof Uint8Array)) return false`)
      return source.line(`writer.prefixed(${value})`)
    case 'literal': {
      const places = schema.values.map((each, place) => `${value} === ${JSON.stringify(each)} ? ${place} : `)
      const place = source.name('place')
      source.line(`const ${place} = ${places.join('')}-1`)
      source.line(`if (${place} < 0) return false`)
      return source.line(`writer.varint(${place})`)
    }
    case 'list':
      return emitWriteList(source, schema, value)
    case 'map':
      return emitWriteMap(source, schema, value)
    case 'struct':
      source.line(`if (typeof ${value} !== 'object' || ${value} === null) return false`)
      return emitWriteFields(source, schema, value)
    case 'union':
      return emitWriteUnion(source, schema, value)
  }
}

/**
 * Adds the lines that write a list. Each item is read once, as a field is, and the
 * list stays as it is.
 *
 * @exercise 2.7b A loop, around the lines for an item.
 */
function emitWriteList(source: Source, { item: schema }: List, value: string): void {
  const [index, item] = [source.name('index'), source.name('item')]
  source.line(`if (!Array.isArray(${value})) return false`)
  source.line(`writer.varint(${value}.length)`)
  source.line(`for (let ${index} = 0; ${index} < ${value}.length; ${index}++) {`)
  source.line(`const ${item} = ${value}[${index}]`)
  emitWrite(source, schema, item)
  source.line('}')
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
  for (const { name, optional, schema } of fields) {
    const part = source.name(name)
    source.line(`const ${part} = ${value}.${name}`)
    if (!optional) {
      emitWrite(source, schema, part)
      continue
    }
    source.line(`writer.u8(${part} === undefined ? 0 : 1)`)
    source.line(`if (${part} !== undefined) {`)
    emitWrite(source, schema, part)
    source.line('}')
  }
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
