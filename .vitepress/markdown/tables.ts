/** The empty corner of a table is an empty cell. As a header it would announce nothing, again and again. */
import type { MarkdownRenderer } from 'vitepress'

export function emptyCorners(md: MarkdownRenderer): void {
  md.core.ruler.push('empty_corners', (state) => {
    for (const [index, token] of state.tokens.entries()) {
      const closing = state.tokens[index + 2]
      if (token.type !== 'th_open' || state.tokens[index + 1]?.content.trim() !== '' || closing === undefined) continue
      token.tag = 'td'
      closing.tag = 'td'
    }
  })
}
