import { compact } from '#serialization/compact'
import { list, map, optional, string, struct, u32, u64 } from '#serialization/schema'
import { OutsideSchema } from '#serialization/validate'
import type { Program } from '../../program.ts'

const Batch = struct({
  id: u64,
  entries: list(struct({ key: string, ttlMs: optional(u32) })),
  counts: map(string, u32),
})

export async function outsideSchema({ print }: Program): Promise<void> {
  const codec = compact(Batch)
  const sound = { id: 7n, entries: [{ key: 'a' }, { key: 'b' }], counts: new Map([['seen', 2]]) }
  const write = (batch: typeof sound) => {
    try {
      print(`${codec.encode(batch).length} bytes`)
    } catch (error) {
      print(error instanceof OutsideSchema ? error.message : String(error))
    }
  }
  write(sound)
  write({ ...sound, id: -7n })
  write({ ...sound, entries: [{ key: 'a' }, { key: 'gr\ud83d' }] })
  write({ ...sound, counts: new Map([['seen', 2 ** 32 + 2]]) })
  write({ ...sound, counts: JSON.parse('{"seen": 2}') })
}
