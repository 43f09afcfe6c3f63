/** Sets the number of an exercise apart in the page's title: `# 1.1 A channel that pushes back`. */
import type { MarkdownRenderer } from 'vitepress'

export function numberedTitles(md: MarkdownRenderer): void {
  md.core.ruler.push('numbered_titles', (state) => {
    for (const [index, token] of state.tokens.entries()) {
      const inline = state.tokens[index + 1]
      const first = inline?.children?.[0]
      if (token.type !== 'heading_open' || token.tag !== 'h1' || first?.type !== 'text') continue
      const [whole, number] = /^(\d+\.\d+)\s+/.exec(first.content) ?? []
      if (whole === undefined || number === undefined) continue
      first.content = first.content.slice(whole.length)
      const mark = new state.Token('html_inline', '', 0)
      mark.content = `<span class="number">${number}</span> `
      inline?.children?.unshift(mark)
    }
  })
}
