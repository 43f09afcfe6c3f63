/**
 * The comments that stand directly above a declaration, as a page shows them:
 * without the `@exercise` tags, which speak to `npm run stubs`, and on one line
 * where one line is enough.
 */
import ts from 'typescript'

const lineWidth = 100

/** The comments above `node`, each with its indentation removed. A blank line cuts off what stands above it. */
export function commentsAbove(node: ts.Node, file: ts.SourceFile): readonly string[] {
  const ranges = ts.getLeadingCommentRanges(file.text, node.getFullStart()) ?? []
  const attached: string[] = []
  let start = node.getStart(file)
  for (const range of ranges.toReversed()) {
    const between = file.text.slice(range.end, start)
    if (between.split('\n').length > 2) break
    attached.unshift(dedentComment(file, range))
    start = range.pos
  }
  return attached.map(withoutExerciseTags).filter((comment) => comment !== '')
}

function dedentComment(file: ts.SourceFile, range: ts.CommentRange): string {
  const column = file.getLineAndCharacterOfPosition(range.pos).character
  const lines = file.text.slice(range.pos, range.end).split('\n')
  return lines.map((line, index) => (index === 0 ? line : line.slice(Math.min(column, indentOf(line))))).join('\n')
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length
}

/** Removes each `@exercise` tag with all its lines, and then the comment itself if nothing else was in it. */
export function withoutExerciseTags(comment: string): string {
  if (!comment.includes('@exercise')) return comment
  const body = comment.replace(/^\/\*\*\s?/, '').replace(/\s*\*\/$/, '')
  const kept: string[] = []
  let inTag = false
  for (const line of body.split('\n').map((each) => each.replace(/^\s*\*? ?/, ''))) {
    if (/^@/.test(line)) inTag = line.startsWith('@exercise')
    if (!inTag) kept.push(line.trimEnd())
  }
  const text = kept.join('\n').trim()
  if (text === '') return ''
  const oneLine = `/** ${text} */`
  if (!text.includes('\n') && oneLine.length <= lineWidth) return oneLine
  return `/**\n${text
    .split('\n')
    .map((line) => ` * ${line}`.trimEnd())
    .join('\n')}\n */`
}

/** A whole file's text with the tags taken out of all its comments. */
export function fileWithoutExerciseTags(text: string): string {
  return text.replace(/^([ \t]*)(\/\*\*[\s\S]*?\*\/)\n/gm, (whole, indent: string, comment: string) => {
    if (!comment.includes('@exercise')) return whole
    const cleaned = withoutExerciseTags(comment.replaceAll(`\n${indent}`, '\n'))
    return cleaned === '' ? '' : `${indent}${cleaned.replaceAll('\n', `\n${indent}`)}\n`
  })
}
