/**
 * The code that reads a value in the compact format. It returns undefined for
 * bytes that are not one, or throws `Malformed` where its reader does.
 */
import { lengthMin } from '#serialization/length-min'
import type { List, MapOf, Schema, Struct, Union } from '#serialization/schema'
import type { Source } from '#serialization/source'

/**
 * Adds the lines that read a value, and returns an expression for it: the name of
 * a variable, which begins with `hint`, or something short that is made of it. The
 * lines that follow may use it more than once, so there is nothing in it that reads.
 *
 * @exercise 2.7c Read, then refuse what the schema doesn't describe.
 */
export function emitRead(source: Source, schema: Schema, hint = 'value'): string {
  const value = source.name(hint)
  switch (schema.kind) {
    case 'bool':
      source.line(`const ${value} = reader.u8()`)
      source.line(`if (${value} > 1) return undefined`)
      return `(${value} === 1)`
    case 'u32':
      source.line(`const ${value} = reader.varint()`)
      source.line(`if (${value} > 0xffffffff) return undefined`)
      return value
    case 'u53':
      source.line(`const ${value} = reader.varint()`)
      return value
    case 'u64':
      source.line(`const ${value} = reader.varint64()`)
      return value
    case 'i64':
      source.line(`const ${value} = tools.unzigzag(reader.varint64())`)
      return value
    case 'f64':
      source.line(`const ${value} = tools.readF64(reader)`)
      return value
    case 'string':
      source.line(`const ${value} = reader.string()`)
      return value
    case 'bytes':
      source.line(`const ${value} = reader.prefixed()`)
      return value
    case 'literal':
      source.line(`const ${value} = ${JSON.stringify(schema.values)}[reader.varint()]`)
      source.line(`if (${value} === undefined) return undefined`)
      return value
    case 'list':
      return emitReadList(source, schema, value)
    case 'map':
      return emitReadMap(source, schema, value)
    case 'struct':
      return emitReadStruct(source, schema, value, [])
    case 'union':
      return emitReadUnion(source, schema, value)
  }
}

/**
 * Adds the lines that read a list, and returns its name, `items`: no variable is
 * declared by that name yet. Each list that is read is a new one.
 *
 * @exercise 2.7d Hold the count against the bytes that are left, then loop around the lines for an item.
 */
function emitReadList(source: Source, { item }: List, items: string): string {
  const [count, index] = [source.name('count'), source.name('index')]
  source.line(`const ${count} = reader.varint()`)
  source.line(`if (${count} * ${lengthMin(item)} > reader.remaining) return undefined`)
  source.line(`const ${items} = []`)
  source.line(`for (let ${index} = 0; ${index} < ${count}; ${index}++) {`)
  source.line(`${items}.push(${emitRead(source, item, 'item')})`)
  source.line('}')
  return items
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
  const properties = [...first]
  const optionals: string[] = []
  for (const { name, optional, schema } of fields) {
    if (!optional) {
      properties.push(`${name}: ${emitRead(source, schema, name)}`)
      continue
    }
    const [presence, part] = [source.name('presence'), source.name(name)]
    source.line(`const ${presence} = reader.u8()`)
    source.line(`if (${presence} > 1) return undefined`)
    source.line(`let ${part}`)
    source.line(`if (${presence} === 1) {`)
    source.line(`${part} = ${emitRead(source, schema, name)}`)
    source.line('}')
    optionals.push(`if (${part} !== undefined) ${object}.${name} = ${part}`)
  }
  source.line(`const ${object} = { ${properties.join(', ')} }`)
  for (const line of optionals) source.line(line)
  return object
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
