/**
 * Other code that writes: a function for each part that has parts, and for any
 * other an expression that is true when the value was written.
 */
import type { Case, Field, List, MapOf, Schema, Struct, Union } from '#serialization/schema'
import type { Source } from '#serialization/source'

export function emitWrite(source: Source, schema: Schema, value: string): void {
  source.line(`if (!${written(source, schema, value)}) return false`)
}

/** An expression for it, after the functions that it calls. */
function written(source: Source, schema: Schema, value: string): string {
  switch (schema.kind) {
    case 'bool':
      return `((${value} === true || ${value} === false) && (writer.u8(Number(${value})), true))`
    case 'u32':
      return `(Number.isInteger(${value}) && ${value} >= 0 && ${value} <= 0xffffffff && (writer.varint(${value}), true))`
    case 'u53':
      return `(Number.isSafeInteger(${value}) && ${value} >= 0 && (writer.varint(${value}), true))`
    case 'u64':
      return `(typeof ${value} === 'bigint' && ${value} >= 0n && ${value} < 1n << 64n && (writer.varint64(${value}), true))`
    case 'i64':
      return `(typeof ${value} === 'bigint' && ${value} >= -(1n << 63n) && ${value} < 1n << 63n && (writer.varint64(tools.zigzag(${value})), true))`
    case 'f64':
      return `(typeof ${value} === 'number' && (writer.f64(${value}), true))`
    case 'string':
      return `(typeof ${value} === 'string' && writer.tryString(${value}))`
    case 'bytes':
      return `(${value} instanceof Uint8Array && (writer.varint(${value}.length), writer.raw(${value}), true))`
    case 'literal': {
      const tries = schema.values.map(
        (each, place) => `${value} === ${JSON.stringify(each)} && (writer.varint(${place}), true)`,
      )
      return `(${tries.join(' || ')})`
    }
    case 'list':
      return `${functionForList(source, schema)}(${value})`
    case 'map':
      return `${functionForMap(source, schema)}(${value})`
    case 'struct':
      return `${functionForStruct(source, schema)}(${value})`
    case 'union':
      return `${functionForUnion(source, schema)}(${value})`
  }
}

function functionForList(source: Source, { item }: List): string {
  const name = source.name('list')
  source.line(`const ${name} = (items) => {`)
  source.line('if (!Array.isArray(items)) return false')
  source.line('writer.varint(items.length)')
  const expression = written(source, item, 'item')
  source.line(`for (const item of items) if (!${expression}) return false`)
  source.line('return true')
  source.line('}')
  return name
}

function functionForMap(source: Source, schema: MapOf): string {
  const name = source.name('map')
  source.line(`const ${name} = (entries) => {`)
  source.line('if (!(entries instanceof Map)) return false')
  const [key, item] = [written(source, schema.key, 'key'), written(source, schema.value, 'item')]
  source.line('const sorted = Array.from(entries).sort(tools.compareEntries)')
  source.line('writer.varint(sorted.length)')
  source.line(`for (const [key, item] of sorted) if (!${key} || !${item}) return false`)
  source.line('return true')
  source.line('}')
  return name
}

function functionForStruct(source: Source, { fields }: Struct): string {
  const name = source.name('struct')
  source.line(`const ${name} = (object) => {`)
  source.line("if (object === null || typeof object !== 'object') return false")
  source.line('let field')
  for (const field of fields) emitField(source, field)
  source.line('return true')
  source.line('}')
  return name
}

function emitField(source: Source, { name, optional, schema }: Field): void {
  const expression = written(source, schema, 'field')
  source.line(`field = object.${name}`)
  if (!optional) return source.line(`if (!${expression}) return false`)
  source.line('if (field === undefined) writer.u8(0)')
  source.line(`else if (writer.u8(1), !${expression}) return false`)
}

function functionForUnion(source: Source, { discriminator, cases }: Union): string {
  const name = source.name('union')
  const writers = cases.map(({ schema }: Case) => functionForStruct(source, schema))
  source.line(`const ${name} = (object) => {`)
  source.line("if (object === null || typeof object !== 'object') return false")
  source.line(`switch (object.${discriminator}) {`)
  for (const [place, each] of cases.entries()) {
    source.line(`case ${JSON.stringify(each.name)}: return writer.varint(${place}), ${writers[place]}(object)`)
  }
  source.line('}')
  source.line('return false')
  source.line('}')
  return name
}
