import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type TestContext, test } from 'vitest'
import { protobuf } from '#serialization/protobuf'
import {
  bool,
  bytes,
  f64,
  type Infer,
  i64,
  list,
  literal,
  map,
  numbered,
  optional,
  string,
  struct,
  u32,
  u64,
  union,
} from '#serialization/schema'
import { inHex } from './hex.ts'
import { definitionOf, protoFileOf, rootOf } from './interop/definition.ts'

const Everything = struct({
  flag: bool,
  term: u32,
  id: u64,
  delta: i64,
  ratio: f64,
  name: string,
  payload: bytes,
  operation: literal('get', 'put', 'delete'),
  sizes: list(u32),
  tags: list(string),
  scores: map(string, i64),
  at: struct({ x: u32, y: optional(u32) }),
  last: numbered(100, union('do', { get: struct({ key: string }), stop: struct({}) })),
})

const value: Infer<typeof Everything> = {
  flag: true,
  term: 300,
  id: 2n ** 64n - 1n,
  delta: -3n,
  ratio: 0.5,
  name: 'Zürich',
  payload: Uint8Array.of(0, 255),
  operation: 'delete',
  sizes: [3, 270, 86_942],
  tags: ['', 'b'],
  scores: new Map([
    ['a', -1n],
    ['b', 0n],
  ]),
  at: { x: 7, y: 0 },
  last: { do: 'get', key: 'k' },
}

/** What Google's compiler makes of its input, or nothing where it isn't installed: then it says so, and nothing is compared. */
async function protoc(context: TestContext, flags: readonly string[], input: Uint8Array): Promise<Buffer | undefined> {
  const { error, status, stdout, stderr } = spawnSync('protoc', flags, { input })
  if (error === undefined) {
    expect(status, `protoc ${flags.join(' ')} failed: ${stderr}`).toBe(0)
    return stdout
  }
  await context.annotate('protoc is not on the PATH, so nothing was compared: install protobuf-compiler')
  return undefined
}

test('protoc finds the fields of our messages without a schema', async (context) => {
  const message = protobuf(struct({ a: u32, b: string, c: struct({ x: u32 }), d: f64, e: list(u32) })).encode({
    a: 150,
    b: 'testing',
    c: { x: 7 },
    d: 1,
    e: [3, 270, 86_942],
  })
  const raw = await protoc(context, ['--decode_raw'], message)
  if (raw === undefined) return
  expect(String(raw), 'number and value of each field; a packed list is bytes to it').toBe(
    [
      '1: 150',
      '2: "testing"',
      '3 {',
      '  1: 7',
      '}',
      '4: 0x3ff0000000000000',
      '5: "\\003\\216\\002\\236\\247\\005"',
      '',
    ].join('\n'),
  )
})

test('protoc reads our messages with the definition of their schema, and writes the same bytes', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'quorum-protoc-'))
  try {
    const definition = definitionOf(Everything)
    writeFileSync(join(folder, 'schema.proto'), protoFileOf(definition))
    const flags = (verb: string) => [`--proto_path=${folder}`, `--${verb}=${rootOf(definition)}`, 'schema.proto']
    const message = protobuf(Everything).encode(value)
    const text = await protoc(context, flags('decode'), message)
    if (text === undefined) return
    expect(String(text), 'numbers below 0, and text, as they were').toMatch(/^f4: -3$(?:.|\n)*^f6: "Z\\303\\274rich"$/m)
    const again = await protoc(context, ['--deterministic_output', ...flags('encode')], text)
    expect(inHex(again ?? new Uint8Array(0)), 'the bytes of the reference implementation').toBe(inHex(message))
  } finally {
    rmSync(folder, { recursive: true })
  }
})
