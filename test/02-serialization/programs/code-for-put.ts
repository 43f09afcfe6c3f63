import { readSource, writeSource } from '#serialization/compile'
import { bytes, optional, string, struct, u32 } from '#serialization/schema'
import type { Program } from '../../program.ts'

const Put = struct({ key: string, value: bytes, ttlMs: optional(u32) })

export async function codeForPut({ print }: Program): Promise<void> {
  for (const source of [writeSource(Put), readSource(Put)]) print(source)
}
