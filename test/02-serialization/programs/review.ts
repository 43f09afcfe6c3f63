import { compareVersions, explainChange } from '#serialization/evolution'
import { list, literal, numbered, optional, string, struct, u32, u53 } from '#serialization/schema'
import type { Program } from '../../program.ts'

const LastYear = struct({
  id: u32,
  state: literal('open', 'sent'),
  coupon: string,
  lines: list(struct({ name: string, cents: u32 })),
})

const ThisYear = struct(
  {
    id: u53,
    state: literal('open', 'sent', 'returned'),
    lines: numbered(4, list(struct({ title: string, cents: u32, pieces: u32 }))),
    refundedCents: optional(u32),
  },
  { reserved: [3] },
)

export async function review({ print }: Program): Promise<void> {
  for (const change of compareVersions(LastYear, ThisYear)) {
    const [what, ...readers] = explainChange(change).split(/(?<=[.;]) /)
    print(what ?? '')
    for (const text of readers) print(`    ${text}`)
  }
}
