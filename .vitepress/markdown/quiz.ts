/**
 * A question with answers, each of which says why it is right or wrong:
 *
 * ```
 * ::: quiz Why does X?
 * - [ ] A wrong answer
 *   > Why it is wrong.
 * - [x] The right answer
 *   > Why.
 * :::
 * ```
 *
 * becomes a `<Quiz>` component with one slot an answer and one an explanation.
 * Without scripts it is a list and a folded block with the answers.
 */
import type { MarkdownRenderer } from 'vitepress'

export interface Quiz {
  readonly question: string
  readonly answers: readonly QuizAnswer[]
}

export interface QuizAnswer {
  readonly right: boolean
  readonly text: string
  readonly explanation: string
}

const opening = /^:::+\s*quiz\s+(.*)$/

/** Reads the lines between `::: quiz` and `:::`. Throws an error that says what is missing. */
export function readQuiz(question: string, lines: readonly string[]): Quiz {
  const answers: { right: boolean; text: string[]; explanation: string[] }[] = []
  for (const line of lines) {
    const [, mark, text] = /^- \[([ xX])\] (.*)$/.exec(line) ?? []
    const explanation = /^\s+> ?(.*)$/.exec(line)?.[1]
    const last = answers.at(-1)
    if (mark !== undefined && text !== undefined) answers.push({ right: mark !== ' ', text: [text], explanation: [] })
    else if (line.trim() === '') continue
    else if (last === undefined)
      throw new Error(`an answer begins with "- [ ] " or "- [x] ", not with "${line.trim()}"`)
    else if (explanation !== undefined) last.explanation.push(explanation)
    else last.text.push(line.trim())
  }
  const quiz = answers.map((answer) => ({
    right: answer.right,
    text: answer.text.join('\n'),
    explanation: answer.explanation.join('\n'),
  }))
  const unexplained = quiz.find((answer) => answer.explanation === '')
  if (quiz.length < 2) throw new Error('a question needs at least two answers')
  if (!quiz.some((answer) => answer.right)) throw new Error('no answer is marked as right with [x]')
  if (unexplained !== undefined) throw new Error(`the answer "${unexplained.text}" has no explanation ("  > …")`)
  return { question, answers: quiz }
}

/** The block rule and the renderer. */
export function quizContainer(md: MarkdownRenderer): void {
  md.block.ruler.before(
    'fence',
    'quiz',
    (state, startLine, endLine, silent) => {
      const lineAt = (line: number) => state.src.slice(state.bMarks[line], state.eMarks[line])
      const question = opening.exec(lineAt(startLine))?.[1]
      if (question === undefined) return false
      if (silent) return true
      let end = startLine + 1
      while (end < endLine && !/^:::+\s*$/.test(lineAt(end))) end++
      const lines = Array.from({ length: end - startLine - 1 }, (_, index) => lineAt(startLine + 1 + index))
      const token = state.push('quiz', '', 0)
      token.map = [startLine, end + 1]
      token.content = render(md, question, lines, state.env as QuizPage) // what VitePress passes to every page
      state.line = end + 1
      return true
    },
    { alt: ['paragraph', 'reference', 'blockquote', 'list'] },
  )
  md.renderer.rules.quiz = (tokens, index) => tokens[index]?.content ?? ''
}

interface QuizPage {
  readonly relativePath?: string
}

function render(md: MarkdownRenderer, question: string, lines: readonly string[], page: QuizPage): string {
  try {
    return quizToHtml(md, readQuiz(question, lines), page)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`docs/${page.relativePath}: the quiz "${question}": ${reason}`)
  }
}

function quizToHtml(md: MarkdownRenderer, quiz: Quiz, page: QuizPage): string {
  const inline = (text: string) => md.renderInline(text, { ...page })
  const right = quiz.answers.map((answer) => answer.right)
  const slots = quiz.answers.flatMap((answer, index) => [
    `<template #answer-${index}>${inline(answer.text)}</template>`,
    `<template #explanation-${index}>${inline(answer.explanation)}</template>`,
  ])
  return `<Quiz :right="${JSON.stringify(right)}"><template #question>${inline(quiz.question)}</template>${slots.join('')}</Quiz>\n`
}
