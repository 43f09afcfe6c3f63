import { describe, expect, test } from 'vitest'
import { outputOf } from '../program.ts'
import { believedLength } from './programs/believed-length.ts'
import { codeForPut } from './programs/code-for-put.ts'
import { describedOnce } from './programs/described-once.ts'
import { driftedApart } from './programs/drifted-apart.ts'
import { flippedBits } from './programs/flipped-bits.ts'
import { lookedUp } from './programs/looked-up.ts'
import { lostDeposits } from './programs/lost-deposits.ts'
import { lostDigits } from './programs/lost-digits.ts'
import { outsideSchema } from './programs/outside-schema.ts'
import { paidByJson, paidByProtobuf } from './programs/paid-twice.ts'
import { review } from './programs/review.ts'
import { saidInJson } from './programs/said-in-json.ts'
import { taggedPayment } from './programs/tagged-payment.ts'
import { threeFormats } from './programs/three-formats.ts'
import { toldApart } from './programs/told-apart.ts'
import { twoVersions } from './programs/two-versions.ts'

describe('the programs that the pages show print what the pages say', () => {
  test.each([
    ['lost-digits', lostDigits],
    ['believed-length', believedLength],
    ['drifted-apart', driftedApart],
    ['described-once', describedOnce],
    ['outside-schema', outsideSchema],
    ['said-in-json', saidInJson],
    ['three-formats', threeFormats],
    ['flipped-bits', flippedBits],
    ['lost-deposits', lostDeposits],
    ['told-apart', toldApart],
    ['two-versions', twoVersions],
    ['tagged-payment', taggedPayment],
    ['paid-twice-json', paidByJson],
    ['paid-twice-protobuf', paidByProtobuf],
    ['review', review],
    ['looked-up', lookedUp],
    ['code-for-put', codeForPut],
  ])('%s', async (name, program) => {
    await expect(await outputOf(program)).toMatchFileSnapshot(`golden/${name}.txt`)
  })
})
