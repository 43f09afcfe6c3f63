/** No theme at all: the page's text, and the figures by name. */
import type { Theme } from 'vitepress'
import { Content } from 'vitepress'
import { h } from 'vue'
import { figures } from '../../../../../.vitepress/theme/figures/index.ts'

const theme: Theme = {
  Layout: () => h('main', { style: 'max-width: 720px; margin: 0 auto' }, [h(Content)]),
  enhanceApp({ app }) {
    for (const [name, figure] of Object.entries(figures)) app.component(name, figure)
  },
}

// biome-ignore lint/style/noDefaultExport: VitePress asks for one
export default theme
