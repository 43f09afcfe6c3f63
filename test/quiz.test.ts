/** What a `::: quiz` block becomes, and what is refused. */

import { createMarkdownRenderer, disposeMdItInstance, type MarkdownRenderer } from 'vitepress'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { quizContainer, readQuiz } from '../.vitepress/markdown/quiz.ts'

const answers = ['- [ ] A wrong one', '  > Why it is wrong.', '- [x] The right one', '  > Why.', '  > At length.']

describe('reading a quiz', () => {
  test('finds answers, which of them is right, and an explanation for each', () => {
    expect(readQuiz('Why?', answers)).toEqual({
      question: 'Why?',
      answers: [
        { right: false, text: 'A wrong one', explanation: 'Why it is wrong.' },
        { right: true, text: 'The right one', explanation: 'Why.\nAt length.' },
      ],
    })
  })

  test.each([
    [['- [x] Only one', '  > Why.'], 'at least two answers'],
    [['- [ ] One', '  > Why.', '- [ ] Two', '  > Why.'], 'no answer is marked as right'],
    [['- [ ] One', '- [x] Two', '  > Why.'], 'the answer "One" has no explanation'],
    [['One'], 'an answer begins with "- [ ] " or "- [x] ", not with "One"'],
  ])('refuses %j', (lines, reason) => {
    expect(() => readQuiz('Why?', lines)).toThrow(reason)
  })
})

describe('in a page', () => {
  let md: MarkdownRenderer

  beforeAll(async () => {
    md = await createMarkdownRenderer('docs', { config: quizContainer })
  })
  afterAll(() => disposeMdItInstance())

  test('it becomes a component with a slot for each answer and each explanation', () => {
    const html = md.render(`::: quiz Is \`a\` *right*?\n${answers.join('\n')}\n:::\n\nAfter.`, {
      relativePath: 'page.md',
    })
    expect(html).toContain('<Quiz :right="[false,true]">')
    expect(html).toContain('<template #question>Is <code>a</code> <em>right</em>?</template>')
    expect(html).toContain('<template #answer-1>The right one</template>')
    expect(html).toContain('<template #explanation-0>Why it is wrong.</template>')
    expect(html).toContain('<p>After.</p>')
  })

  test('it follows a paragraph without a blank line between', () => {
    expect(md.render(`Before.\n::: quiz Why?\n${answers.join('\n')}\n:::\n`, {})).toContain('<p>Before.</p>')
  })

  test('one that is wrong fails, and the error names page and question', () => {
    expect(() => md.render('::: quiz Why?\n- [x] One\n  > Why.\n:::\n', { relativePath: 'page.md' })).toThrow(
      'docs/page.md: the quiz "Why?": a question needs at least two answers',
    )
  })

  test('a list without a quiz around it stays a list', () => {
    expect(md.render('- one\n- two\n', {})).toContain('<ul>')
  })
})
