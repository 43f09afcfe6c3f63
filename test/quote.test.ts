/** Code and output in pages come from files: what a fence becomes, and what it says when a name or file isn't there. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMarkdownRenderer, disposeMdItInstance, type MarkdownRenderer } from 'vitepress'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fileWithoutExerciseTags, withoutExerciseTags } from '../.vitepress/markdown/comments.ts'
import { quoteDeclarations } from '../.vitepress/markdown/declarations.ts'
import { quotingFences, readFence } from '../.vitepress/markdown/fences.ts'

const source = `/** A box that counts. */
import { thing } from '#somewhere/thing'

/** How far it goes. */
export const limit: number = thing * 2

// Not a part of what follows.

/**
 * Counts what is put in.
 *
 * @exercise 9.1a Count.
 */
export class Box<T> implements Iterable<T> {
  /** What it holds at most. */
  readonly capacity: number = 4
  readonly kind = 'box'
  #items: T[] = []

  constructor(capacity: number) {
    this.capacity = capacity
  }

  get size(): number {
    return this.#items.length
  }

  /**
   * Puts one in.
   *
   * @exercise 9.1b Put it in,
   * at the end.
   */
  put(item: T, options: { readonly twice?: boolean } = {}): boolean {
    this.#items.push(item)
    return options.twice === true
  }

  #secret(): void {}
}

interface Lid { open(): void }

function fill(box: Box<number>): void {
  box.put(1)
}
`

describe('a quote', () => {
  test('is the declaration of that name with its comment, and without the tags that speak to the stubs', () => {
    expect(quoteDeclarations(source, ['Box.put'], 'whole')).toBe(`/** Puts one in. */
put(item: T, options: { readonly twice?: boolean } = {}): boolean {
  this.#items.push(item)
  return options.twice === true
}`)
  })

  test('of several names has a blank line between two', () => {
    expect(quoteDeclarations(source, ['limit', 'Lid'], 'whole')).toBe(
      '/** How far it goes. */\nexport const limit: number = thing * 2\n\ninterface Lid { open(): void }',
    )
  })

  test('of a class has no tag in any of its comments', () => {
    const quoted = quoteDeclarations(source, ['Box'], 'whole')
    expect(quoted).not.toContain('@exercise')
    expect(quoted).not.toContain('at the end')
    expect(quoted).toMatch(/^\/\*\* Counts what is put in\. \*\/\nexport class Box/)
    expect(quoted).toContain('  /** Puts one in. */\n  put(')
  })

  test('without a name is the whole file', () => {
    const whole = quoteDeclarations(source, [], 'whole')
    expect(whole).toMatch(/^\/\*\* A box that counts\. \*\//)
    expect(whole).toMatch(/box\.put\(1\)\n}$/)
  })

  test('leaves out a comment that a blank line separates', () => {
    expect(quoteDeclarations(source, ['Box'], 'whole')).not.toContain('Not a part')
  })

  test('of a constructor is found under that name', () => {
    expect(quoteDeclarations(source, ['Box.constructor'], 'whole')).toMatch(/^constructor\(capacity: number\) {/)
  })

  test('of a missing name says which names there are', () => {
    expect(() => quoteDeclarations(source, ['Bax'], 'whole')).toThrow(
      'nothing is named Bax there; there are limit, Box, Lid, fill',
    )
    expect(() => quoteDeclarations(source, ['Box.pot'], 'whole')).toThrow('Box.size, Box.put')
  })
})

describe('signatures', () => {
  test('leave out bodies, private members and initialisers', () => {
    expect(quoteDeclarations(source, ['Box'], 'signatures')).toBe(`/** Counts what is put in. */
export class Box<T> implements Iterable<T> {
  /** What it holds at most. */
  readonly capacity: number

  readonly kind = 'box'
  constructor(capacity: number)
  get size(): number

  /** Puts one in. */
  put(item: T, options: { readonly twice?: boolean } = {}): boolean
}`)
  })

  test('of a function and of a constant end before what they do', () => {
    expect(quoteDeclarations(source, ['fill'], 'signatures')).toBe('function fill(box: Box<number>): void')
    expect(quoteDeclarations(source, ['limit'], 'signatures')).toMatch(/export const limit: number$/)
  })

  test('without a name are of everything that the file exports', () => {
    const all = quoteDeclarations(source, [], 'signatures')
    expect(all).toContain('class Box')
    expect(all).not.toContain('fill')
  })
})

describe('exercise tags', () => {
  test('disappear with all their lines, and take an empty comment with them', () => {
    expect(withoutExerciseTags('/** @exercise 1.1a Do it. */')).toBe('')
    expect(withoutExerciseTags('/**\n * One.\n *\n * @exercise 1.1a Do\n *   it.\n * @see two\n */')).toBe(
      '/**\n * One.\n *\n * @see two\n */',
    )
  })

  test('disappear from a file without moving anything else', () => {
    expect(fileWithoutExerciseTags('a\n  /** @exercise 1.1a Do it. */\n  b()\n')).toBe('a\n  b()\n')
  })
})

describe('in a page', () => {
  let root: string
  let md: MarkdownRenderer

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'quorum-quote-'))
    mkdirSync(join(root, 'test/bench/results'), { recursive: true })
    writeFileSync(
      join(root, 'test/bench/results/09-boxes.json'),
      JSON.stringify({
        machine: { node: '20.1.0', processor: 'a processor', cores: 2 },
        rounds: 3,
        tables: [
          {
            title: 'Boxes filled in a second',
            unit: 'k/s',
            cases: [
              { name: 'ours', median: 1234.5 },
              { name: 'another’s', median: 0.0567 },
            ],
          },
          { title: 'Boxes, their weight', unit: 'g', cases: [{ name: 'another’s', median: 120 }] },
        ],
      }),
    )
    for (const folder of ['docs', 'solutions/09-boxes', 'chapters/09-boxes', 'test/09-boxes/golden']) {
      mkdirSync(join(root, folder), { recursive: true })
    }
    const imports = {
      '#boxes/box': { 'mine-9.1': './chapters/09-boxes/box.ts', default: './solutions/09-boxes/box.ts' },
      '#boxes/*': './solutions/09-boxes/*.ts',
    }
    writeFileSync(join(root, 'package.json'), JSON.stringify({ imports }))
    writeFileSync(join(root, 'solutions/09-boxes/box.ts'), source)
    writeFileSync(join(root, 'chapters/09-boxes/box.ts'), 'export class Box { mine = 1 }')
    writeFileSync(join(root, 'test/09-boxes/golden/printed.txt'), 'one\ntwo\nthree\n')
    md = await createMarkdownRenderer(join(root, 'docs'), { config: quotingFences(root) })
  })

  afterAll(() => {
    disposeMdItInstance()
    rmSync(root, { recursive: true })
  })

  test('code comes from the reference, never from the reader', () => {
    expect(readFence(root, 'ts quote #boxes/box Box')?.file).toBe('solutions/09-boxes/box.ts')
  })

  test('a path from the root may be named instead of a module', () => {
    expect(readFence(root, 'ts quote solutions/09-boxes/box.ts fill')?.text).toContain('function fill')
  })

  test('output is the text of a golden file, or some of its lines', () => {
    expect(readFence(root, 'text golden 09-boxes/printed.txt')?.text).toBe('one\ntwo\nthree')
    expect(readFence(root, 'text golden 09-boxes/printed.txt 2-3')?.text).toBe('two\nthree')
    expect(readFence(root, 'text golden 09-boxes/printed.txt 1')?.text).toBe('one')
  })

  test('lines that a golden file does not have are refused', () => {
    for (const range of ['0-1', '2-9', '3-2', 'all']) {
      expect(() => readFence(root, `text golden 09-boxes/printed.txt ${range}`)).toThrow(`has lines 1-3, not ${range}`)
    }
  })

  test('an ordinary fence stays as it is', () => {
    expect(readFence(root, 'ts')).toBeUndefined()
    expect(readFence(root, 'ts {1,3}')).toBeUndefined()
  })

  test('a quote stands in a frame that names its file', async () => {
    const html = await render('```ts quote #boxes/box fill\n```\n')
    expect(html).toMatch(/^<figure class="quoted">/)
    expect(html).toContain('<figcaption>solutions/09-boxes/box.ts</figcaption>')
    expect(await render('```text golden 09-boxes/printed.txt\n```\n')).toContain('output, checked by a test')
  })

  test('a table of figures comes from the results of a bench, and says on what it was measured', () => {
    const measured = readFence(root, 'text measured 09-boxes filled')
    expect(measured?.text).toBe('ours         1235 k/s\nanother’s  0.0567 k/s')
    expect(measured?.caption).toContain('medians of 3 rounds, Node 20.1.0, a processor, 2 cores')
  })

  test('several tables of figures become one, with the highest figures first', () => {
    const both = 'weight = Boxes, their weight | speed = Boxes filled'
    expect(readFence(root, `text measured 09-boxes ${both}`)?.text).toBe(
      ['           weight       speed', 'another’s   120 g  0.0567 k/s'].join('\n'),
    )
    const other = 'speed = Boxes filled | weight = Boxes, their weight'
    expect(readFence(root, `text measured 09-boxes ${other}`)?.text).toBe(
      ['                speed  weight', 'ours         1235 k/s', 'another’s  0.0567 k/s   120 g'].join('\n'),
    )
  })

  test('a quote may stand in a folded block or in a list', async () => {
    expect(await render('::: details The solution\n```ts quote #boxes/box fill\n```\n:::\n')).toContain('solutions/09')
    expect(await render('- one\n\n  ```ts quote #boxes/box fill\n  ```\n')).toContain('solutions/09')
  })

  test.each([
    ['ts quote #boxes/box Lad', 'nothing is named Lad'],
    ['ts quote #bixes/box', 'the imports of package.json have no #bixes/box'],
    ['ts quote #boxes/lid', 'there is no file solutions/09-boxes/lid.ts'],
    ['ts quote ../outside.ts', 'there is no file ../outside.ts'],
    ['ts quote', '`quote` needs to be told a file'],
    [
      'text measured 09-boxes lids',
      'no table is called "lids": there is Boxes filled in a second; Boxes, their weight',
    ],
    ['text measured 08-lids lids', 'there is no file of results test/bench/results/08-lids.json'],
    ['text golden 09-boxes/missing.txt', 'there is no golden file test/09-boxes/golden/missing.txt'],
  ])('```%s fails, and the error names page and line', async (firstLine, reason) => {
    const page = `---\ntitle: x\n---\n# Page\n\n\`\`\`${firstLine}\n\`\`\`\n`
    const place = `docs/page.md:6: \`\`\`${firstLine}: `
    await expect(render(page)).rejects.toThrow(place)
    await expect(render(page)).rejects.toThrow(reason)
  })

  test('a quote with a text of its own fails', async () => {
    await expect(render('```ts quote #boxes/box fill\nlet it = 1\n```\n')).rejects.toThrow('the fence must be empty')
  })

  function render(page: string): Promise<string> {
    const path = join(root, 'docs/page.md')
    writeFileSync(path, page)
    return md.renderAsync(page, { path, relativePath: 'page.md', includes: [] })
  }
})
