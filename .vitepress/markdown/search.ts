/** What the search looks through: the prose and the solutions' words, not the listings. */

interface SearchPage {
  readonly frontmatter?: { readonly search?: boolean }
}

interface Renderer {
  renderAsync(source: string, page: SearchPage): Promise<string>
}

export const searchOptions = {
  miniSearch: { options: { storeFields: ['title', 'titles', 'text'] } },
  async _render(source: string, page: SearchPage, md: Renderer): Promise<string> {
    const html = await md.renderAsync(source, page)
    if (page.frontmatter?.search === false) return ''
    return html
      .replace(/<figure class="(?:quoted|printed)">[\s\S]*?<\/figure>/g, '')
      .replace(/<div class="language-[\s\S]*?<\/pre>/g, '')
  },
}
