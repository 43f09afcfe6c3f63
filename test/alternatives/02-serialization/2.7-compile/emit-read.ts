/**
 * Other code that reads: a function for each part that has parts, which lets the
 * reader throw where the schema doesn't describe the bytes, and objects that are
 * filled property by property.
 */
import { lengthMin } from '#serialization/length-min'
import type { Field, List, MapOf, Schema, Struct, Union } from '#serialization/schema'
import type { Source } from '#serialization/source'

export function emitRead(source: Source, schema: Schema): string {
  const refuse = source.name('refuse')
  source.line(`const ${refuse} = () => reader.take(reader.remaining + 1)`)
  const result = source.name('result')
  source.line(`const ${result} = ${expressionFor(source, schema, refuse)}`)
  return result
}

function expressionFor(source: Source, schema: Schema, refuse: string): string {
  switch (schema.kind) {
    case 'bool':
      return `[false, true][${numberBelow(source, 2, 'reader.u8()', refuse)}()]`
    case 'u32':
      return `${numberBelow(source, 2 ** 32, 'reader.varint()', refuse)}()`
    case 'u53':
      return 'reader.varint()'
    case 'u64':
      return 'reader.varint64()'
    case 'i64':
      return 'tools.unzigzag(reader.varint64())'
    case 'f64':
      return 'tools.readF64(reader)'
    case 'string':
      return 'reader.string()'
    case 'bytes':
      return 'reader.take(reader.length())'
    case 'literal':
      return `${JSON.stringify(schema.values)}[${numberBelow(source, schema.values.length, 'reader.varint()', refuse)}()]`
    case 'list':
      return `${functionForList(source, schema, refuse)}()`
    case 'map':
      return `${functionForMap(source, schema, refuse)}()`
    case 'struct':
      return `${functionForStruct(source, schema, refuse)}({})`
    case 'union':
      return `${functionForUnion(source, schema, refuse)}()`
  }
}

function numberBelow(source: Source, limit: number, read: string, refuse: string): string {
  const name = source.name('number')
  source.line(`const ${name} = () => {`)
  source.line(`const number = ${read}`)
  source.line(`return number < ${limit} ? number : ${refuse}()`)
  source.line('}')
  return name
}

function functionForList(source: Source, { item }: List, refuse: string): string {
  const name = source.name('list')
  const expression = expressionFor(source, item, refuse)
  source.line(`const ${name} = () => {`)
  source.line('const items = []')
  source.line('let left = reader.varint()')
  source.line(`if (left > Math.floor(reader.remaining / ${lengthMin(item)})) ${refuse}()`)
  source.line(`for (; left > 0; left--) items.push(${expression})`)
  source.line('return items')
  source.line('}')
  return name
}

function functionForMap(source: Source, schema: MapOf, refuse: string): string {
  const name = source.name('map')
  const [key, item] = [expressionFor(source, schema.key, refuse), expressionFor(source, schema.value, refuse)]
  source.line(`const ${name} = () => {`)
  source.line('const entries = []')
  source.line('for (let left = reader.varint(); left > 0; left--) {')
  source.line(`const entry = [${key}, ${item}]`)
  source.line(`if (entries.length > 0 && tools.compareEntries(entries.at(-1), entry) >= 0) ${refuse}()`)
  source.line('entries.push(entry)')
  source.line('}')
  source.line('return new Map(entries)')
  source.line('}')
  return name
}

/** The name of a function that fills the object which it is given. */
function functionForStruct(source: Source, { fields }: Struct, refuse: string): string {
  const name = source.name('struct')
  const lines = fields.map((field) => lineFor(source, field, refuse))
  source.line(`const ${name} = (object) => {`)
  for (const line of lines) source.line(line)
  source.line('return object')
  source.line('}')
  return name
}

function lineFor(source: Source, { name, optional, schema }: Field, refuse: string): string {
  const expression = expressionFor(source, schema, refuse)
  if (!optional) return `object.${name} = ${expression}`
  return `if (${numberBelow(source, 2, 'reader.u8()', refuse)}() === 1) object.${name} = ${expression}`
}

function functionForUnion(source: Source, { discriminator, cases }: Union, refuse: string): string {
  const name = source.name('union')
  const readers = cases.map(({ schema }) => functionForStruct(source, schema, refuse))
  source.line(`const ${name} = () => {`)
  source.line('const place = reader.varint()')
  for (const [place, each] of cases.entries()) {
    const object = `{ ${discriminator}: ${JSON.stringify(each.name)} }`
    source.line(`if (place === ${place}) return ${readers[place]}(${object})`)
  }
  source.line(`${refuse}()`)
  source.line('}')
  return name
}
