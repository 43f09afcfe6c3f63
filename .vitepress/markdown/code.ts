/** How code is set: complete colouring on a slow machine, and inline code that the template compiler leaves alone. */
import type { MarkdownOptions, MarkdownRenderer } from 'vitepress'

type CodeTransformer = NonNullable<MarkdownOptions['codeTransformers']>[number]

/** Written behind the language of a fence whose code consists of members of a class. */
export const memberMark = 'members'

/** The highlighter gives up on a line after half a second and then colours it wrongly. It is told to take its time. */
export const patientHighlighting: CodeTransformer = {
  name: 'patient-highlighting',
  preprocess(_code, options) {
    options.tokenizeTimeLimit = 0
    // A member quoted alone is not a program: the grammar has to be told that it stands in a class.
    if (options.meta?.__raw?.includes(memberMark) === true) options.grammarContextCode = 'class _ {\n'
  },
}

/** `{{ }}` in inline code is text, not an expression. */
export function literalInlineCode(md: MarkdownRenderer): void {
  const render = md.renderer.rules.code_inline
  md.renderer.rules.code_inline = (tokens, index, options, env, self) => {
    tokens[index]?.attrSet('v-pre', '')
    return render === undefined ? self.renderToken(tokens, index, options) : render(tokens, index, options, env, self)
  }
}
