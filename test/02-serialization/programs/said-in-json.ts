import type { Program } from '../../program.ts'

const values: readonly (readonly [name: string, value: unknown])[] = [
  ['how often each page was seen', new Map([['/home', 3]])],
  ['two bytes', Uint8Array.of(0, 255)],
  ['a ratio of nothing to nothing', 0 / 0],
  ['a loss too small to see', -0],
  ['a list with nothing in one place', ['a', undefined]],
  ['the id of an account', 18_446_744_073_709_551_615n],
]

export async function saidInJson({ print }: Program): Promise<void> {
  for (const [name, value] of values) {
    try {
      print(`${name}: ${JSON.stringify(value)}`)
    } catch (error) {
      print(`${name}: ${error}`)
    }
  }
  print(`two answers: ${JSON.parse('{ "mayPay": false, "mayPay": true }').mayPay}`)
}
