/** What the checks of 2.3 ask for: that a schema is refused, that a value has no fault, or that it has this one. */
import { expect } from 'vitest'
import type { Schema } from '#serialization/schema'
import { type Fault, faultOf } from '#serialization/validate'

/**
 * Fails if `make`, which is called once, throws no `TypeError`, or if the text of that does
 * not name one of `things`. A text among them may be named as it is or in quotes, as JSON.
 */
export function expectRefused(make: () => unknown, rule: string, things: readonly unknown[] = []): void {
  const thrown = thrownBy(make)
  if (!(thrown instanceof TypeError)) {
    expect.fail(
      `${rule}: throw a TypeError, but ${thrown === undefined ? 'nothing was thrown' : `this was: ${thrown}`}`,
    )
  }
  for (const thing of things) {
    const shown = typeof thing === 'string' ? JSON.stringify(thing) : inDigits(thing)
    if (isNamedIn(thrown.message, thing)) continue
    expect.fail(`${rule}: the text of the error must name ${shown}, and it is ${JSON.stringify(thrown.message)}`)
  }
}

/** Whether a text names a thing, and not only as a part of something longer: the 3 of 536870911 is no 3. */
function isNamedIn(text: string, thing: unknown): boolean {
  if (typeof thing === 'string' && text.includes(JSON.stringify(thing))) return true
  const word = inDigits(thing).replace(/\W/g, '\\$&')
  return word !== '' && new RegExp(`(?<![\\w.-])${word}(?!\\w|\\.\\d)`).test(text)
}

function inDigits(thing: unknown): string {
  return Object.is(thing, -0) ? '-0' : String(thing)
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

function thrownBy(make: () => unknown): unknown {
  try {
    make()
  } catch (error) {
    return error
  }
  return undefined
}
