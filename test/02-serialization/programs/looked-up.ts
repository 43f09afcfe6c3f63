import type { Codec } from '#serialization/codec'
import { compact } from '#serialization/compact'
import { compile } from '#serialization/compile'
import { bytes, type Infer, optional, string, struct, u32 } from '#serialization/schema'
import type { Program } from '../../program.ts'
import { watched } from '../watched-schema.ts'

const Put = struct({ key: string, value: bytes, ttlMs: optional(u32) })

const put = { key: 'user:17', value: new Uint8Array(100), ttlMs: 60_000 }

export async function lookedUp({ print }: Program): Promise<void> {
  function count(name: string, make: (schema: typeof Put) => Codec<Infer<typeof Put>>) {
    const { schema, looks } = watched(Put) // counts every property that is read of it
    const codec = make(schema)
    const before = looks()
    for (let n = 0; n < 1_000; n++) codec.decode(codec.encode(put))
    print(
      `${name}: the schema was asked ${before} times at first, and ${(looks() - before).toLocaleString('en')} times for 1,000 messages`,
    )
  }
  count('compact', compact)
  count('compile', compile)
}
