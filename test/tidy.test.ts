/**
 * `tidy`: the style of the project as a test. Each rule stands in its own file
 * under tidy/, beside the examples that prove that it can fail.
 */
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { describeViolation } from './tidy/rule.ts'
import { rulesFor } from './tidy/rules.ts'
import { Tree } from './tidy/tree.ts'

const root = join(import.meta.dirname, '..')
const project = Tree.read(root)

describe.each(rulesFor(root))('$name', ({ check, bad, good }) => {
  test.each(bad)('objects at $at', ({ files, at }) => {
    const places = check(Tree.of(files)).map(({ file, line }) => `${file}:${line}`)
    expect(places, JSON.stringify(files, undefined, 2)).toEqual([at])
  })

  test.each(good.map((files) => ({ paths: Object.keys(files).join(', '), files })))('accepts $paths', ({ files }) => {
    expect(check(Tree.of(files)).map(describeViolation), JSON.stringify(files, undefined, 2)).toEqual([])
  })

  test('in the project', () => {
    const violations = check(project).map(describeViolation)
    if (violations.length > 0) expect.fail(`${violations.length} to mend\n\n${violations.join('\n\n')}\n`)
  })
})
