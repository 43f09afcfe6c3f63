/** What the checks of 2.3 ask for: that a schema is refused, that a value has no fault, or that it has this one. */
import { expect } from 'vitest'
import type { Schema } from '#serialization/schema'
import { type Fault, faultOf } from '#serialization/validate'

/**
 * Fails if `make` throws no `TypeError`, or if the text of that does not name one of
 * `things`. A text among them may be named as it is or in quotes, as JSON.
 */
export function expectRefused(make: () => unknown, rule: string, things: readonly unknown[] = []): void {
  expect(make, `${rule}: throw a TypeError`).toThrow(TypeError)
  const text = textOf(make)
  for (const thing of things) {
    const named = Object.is(thing, -0) ? '-0' : String(thing)
    const quoted = typeof thing === 'string' ? JSON.stringify(thing) : named
    if (text.includes(named) || text.includes(quoted)) continue
    expect.fail(`${rule}: the text of the error must name ${quoted}, and it is ${JSON.stringify(text)}`)
  }
}

/** Fails if the schema does not describe the value. */
export function expectInside(schema: Schema, value: unknown, rule: string): void {
  const fault = faultOf(schema, value)
  if (fault !== undefined) expect.fail(`${rule}, but a fault was reported ${inWords(fault)}`)
}

/** Fails if the first fault of the value is another one, or if none is found. Without `expected` and `found`, any will do. */
export function expectFault(
  schema: Schema,
  value: unknown,
  wanted: Pick<Fault, 'path'> & Partial<Fault>,
  rule: string,
): void {
  const fault = faultOf(schema, value) ?? expect.fail(`${rule}, but no fault was found`)
  const { path, expected = fault.expected, found = fault.found } = wanted
  expect(fault.path, `${rule}, but a fault was reported ${inWords(fault)}. Its path`).toBe(path)
  expect(fault.expected, `${rule}. What is expected there comes from expectation or oneOf, and`).toBe(expected)
  expect(fault.found, `${rule}. What is found there is told by inWords, and`).toBe(found)
}

function inWords({ path, expected, found }: Fault): string {
  const where = path === '' ? 'at the whole value' : `at ${path}`
  return `${where}: expected ${expected}, found ${found}`
}

function textOf(make: () => unknown): string {
  try {
    make()
  } catch (error) {
    if (error instanceof Error) return error.message
  }
  return ''
}
