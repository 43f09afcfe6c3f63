/** How the book speaks, wherever it speaks: on pages, in papers, in comments, in messages. */
import ts from 'typescript'
import { isOurCode, ruleFile } from './book.ts'
import { proseLines, saidIn } from './markdown.ts'
import type { Rule, Violation } from './rule.ts'
import { type Line, lineOf, nodesOf, type Tree } from './tree.ts'

const leaveOut = 'leave it out'

/** Words that the voice doesn't use, and what to do without them. */
const words: readonly (readonly [RegExp, string])[] = [
  [/\bsimply\b/i, leaveOut],
  [/\bjust\b/i, 'leave it out, or say "only" or "a moment ago"'],
  [/\bobvious(?:ly)?\b/i, 'leave it out: what is plain needs no word, and what is not needs a reason'],
  [/\brobust(?:ly|ness)?\b/i, 'say what it survives'],
  [/\bseamless(?:ly)?\b/i, 'say what the reader does not have to do'],
  [/\bpowerful\b/i, 'say what it can do'],
  [/\bdelv(?:e|es|ed|ing)\b/i, 'say "look at"'],
  [/\bcrucial(?:ly)?\b/i, 'say what happens without it'],
  [/\blandscapes?\b/i, 'name the things that are in it'],
  [/\bleverag(?:e|es|ed|ing)\b/i, 'say "use"'],
  [/\butili[sz](?:e|es|ed|ing)\b/i, 'say "use"'],
  [/\bin this chapter, we\b/i, 'begin with the thing itself'],
]

export const theVoice: Rule = {
  name: 'no word is used that the voice of the book does not use',
  check: (tree) =>
    tree.paths
      .filter((path) => !ruleFile.test(path))
      .flatMap((path) =>
        spokenLines(tree, path).flatMap(({ number, text }) =>
          words.flatMap(([word, instead]): readonly Violation[] => {
            const found = word.exec(text)?.[0]
            return found === undefined
              ? []
              : [{ file: path, line: number, problem: `"${found}" is not a word of this book`, instead }]
          }),
        ),
      ),
  bad: [
    { files: { 'docs/a.md': 'One.\nIt simply fails.' }, at: 'docs/a.md:2' },
    { files: { 'README.md': '# A Robust thing' }, at: 'README.md:1' },
    { files: { 'solutions/01-a/b.ts': '/**\n * Just a queue.\n */\n' }, at: 'solutions/01-a/b.ts:2' },
    { files: { 'solutions/01-a/b.ts': "throw new Error('obviously wrong')\n" }, at: 'solutions/01-a/b.ts:1' },
    { files: { 'chapters/run.ts': 'print(`we leverage it`)\n' }, at: 'chapters/run.ts:1' },
    { files: { '.vitepress/A.vue': '<template>\n  <p>A seamless start</p>\n</template>' }, at: '.vitepress/A.vue:2' },
  ],
  good: [
    {
      'docs/a.md':
        'An adjustment. `robust-predicates`, [paper](https://example.org/robust)\n```ts\nconst just = 1\n```',
    },
    { 'solutions/01-a/b.ts': 'const just = simply(1)\n', 'test/tidy/voice.ts': '/** simply */\n' },
    {
      '.vitepress/A.vue':
        '<template><p>A start</p></template>\n<style>\np { justify-content: start; size: landscape }\n</style>',
    },
  ],
}

export const headingsArePlain: Rule = {
  name: 'no heading has an emoji in it',
  check: (tree) =>
    tree.matching(/^(?:docs\/.*|[A-Z]+)\.md$/).flatMap((path) =>
      proseLines(tree.text(path))
        .filter(({ text }) => /^#{1,6} .*\p{Extended_Pictographic}/u.test(text))
        .map(({ number, text }) => ({
          file: path,
          line: number,
          problem: `"${text}" has a picture in it`,
          instead: 'use words',
        })),
    ),
  bad: [{ files: { 'docs/a.md': '\n## Start 🚀\n' }, at: 'docs/a.md:2' }],
  good: [{ 'docs/a.md': '# Start\nA 🚀 in the text.' }],
}

/** The lines of a file that are said to somebody. */
function spokenLines(tree: Tree, path: string): readonly Line[] {
  if (path.endsWith('.md'))
    return proseLines(tree.text(path)).map(({ number, text }) => ({ number, text: saidIn(text) }))
  if (!isOurCode(path)) return []
  return [...commentsOf(tree, path), ...textsOf(tree, path), ...(path.endsWith('.vue') ? templateOf(tree, path) : [])]
}

function commentsOf(tree: Tree, path: string): readonly Line[] {
  const file = tree.syntax(path)
  const ranges = new Map<number, ts.CommentRange>()
  for (const node of [...nodesOf(file), file.endOfFileToken]) {
    for (const range of ts.getLeadingCommentRanges(file.text, node.getFullStart()) ?? []) ranges.set(range.pos, range)
    for (const range of ts.getTrailingCommentRanges(file.text, node.end) ?? []) ranges.set(range.pos, range)
  }
  return [...ranges.values()].flatMap(({ pos, end }) => {
    const first = file.getLineAndCharacterOfPosition(pos).line + 1
    return file.text
      .slice(pos, end)
      .split('\n')
      .map((text, index) => ({ number: first + index, text: saidIn(text) }))
  })
}

/** Strings and the fixed parts of templates: what may end up on a screen. */
function textsOf(tree: Tree, path: string): readonly Line[] {
  const file = tree.syntax(path)
  return nodesOf(file)
    .filter(isText)
    .flatMap((node) =>
      node.text.split('\n').map((text, index) => ({ number: lineOf(node, file) + index, text: saidIn(text) })),
    )
}

function isText(node: ts.Node): node is ts.StringLiteralLike | ts.TemplateHead | ts.TemplateMiddle | ts.TemplateTail {
  return ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)
}

function templateOf(tree: Tree, path: string): readonly Line[] {
  const blank = (block: string) => block.replace(/[^\n]/g, ' ')
  const template = tree.text(path).replace(/<(script|style)\b[\s\S]*?<\/\1>/g, blank)
  return template.split('\n').map((text, index) => ({ number: index + 1, text: saidIn(text) }))
}
