import { compact } from '#serialization/compact'
import { json } from '#serialization/json'
import { protobuf } from '#serialization/protobuf'
import { bytes, type Infer, list, literal, optional, string, struct, u32, u53 } from '#serialization/schema'
import type { Program } from '../../program.ts'
import { inHex } from '../hex.ts'

export const Command = struct({
  operation: literal('get', 'put', 'delete'),
  key: string,
  value: bytes,
  ttlMs: optional(u32),
  tags: list(string),
  session: u53,
})

export const command: Infer<typeof Command> = {
  operation: 'put',
  key: 'city',
  value: new TextEncoder().encode('Zürich'),
  tags: ['eu', 'new'],
  session: 300,
}

export async function threeFormats({ print }: Program): Promise<void> {
  const text = json(Command).encode(command)
  const [small, tagged] = [compact(Command).encode(command), protobuf(Command).encode(command)]
  print(new TextDecoder().decode(text))
  print('')
  print(row('', 'compact', 'Protobuf'))
  for (const { name } of Command.fields) {
    const parts = [bytesOf(compact(Command), small, name), bytesOf(protobuf(Command), tagged, name)]
    print(row(name, parts[0] ?? '', parts[1] ?? ''))
  }
  print(row(`JSON ${text.length} bytes`, `${small.length} bytes`, `${tagged.length} bytes`))
}

/** The bytes that a decoder takes for a field. */
function bytesOf(codec: ReturnType<typeof compact<typeof Command>>, message: Uint8Array, name: string): string {
  const parts: string[] = []
  codec.decode(message, ({ path, from, to }) => {
    if (path === name) parts.push(inHex(message.subarray(from, to)))
  })
  return parts.join('  ')
}

function row(...[first, second, third]: readonly [string, string, string]): string {
  return `${first.padEnd(16)}${second.padEnd(32)}${third}`.trimEnd()
}
