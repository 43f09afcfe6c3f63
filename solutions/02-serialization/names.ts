/** Which names and numbers a field or a case may have. */

/** The greatest field number that Protobuf allows. */
export const FIELD_NUMBER_MAX = 2 ** 29 - 1

/** What is wrong with the name of a field or a case, or nothing. */
export function nameFault(name: string): string | undefined {
  if (typeof name !== 'string' || !/^[A-Za-z_$][\w$]*$/.test(name))
    return `a name is an identifier of ASCII, not ${JSON.stringify(name)}`
  if (name in Object.prototype) return `every object has ${JSON.stringify(name)} already`
  return undefined
}

/**
 * What a shape names, in its order. Throws a `TypeError` for one that was written
 * as `{ __proto__: … }`: that makes no property, and would be passed over.
 */
export function partsOf<P>(shape: Readonly<Record<string, P>>): readonly (readonly [name: string, part: P])[] {
  const prototype: unknown = Object.getPrototypeOf(shape)
  const isPart = typeof prototype === 'object' && prototype !== null && 'kind' in prototype
  if (isPart) throw new TypeError(nameFault('__proto__'))
  return Object.entries(shape)
}

/** What is wrong with the number of a field or a case, or nothing (Protocol Buffers, "Assigning Field Numbers"). */
export function numberFault(number: number): string | undefined {
  if (!Number.isInteger(number) || number < 1 || number > FIELD_NUMBER_MAX) {
    return `a number is from 1 to ${FIELD_NUMBER_MAX}, not ${number}`
  }
  if (number >= 19_000 && number <= 19_999) return `${number} is one of the numbers that Protobuf keeps for itself`
  return undefined
}
