/** The book's own theme: a layout, the parts that pages use by name, and the figures, each loaded when it is met. */

import type { Theme } from 'vitepress'
import { type Component, defineAsyncComponent } from 'vue'
import Checks from './components/Checks.vue'
import Quiz from './components/Quiz.vue'
import { figures } from './figures/index.ts'
import Layout from './Layout.vue'
import { createLive, liveKey } from './live.ts'
import NotFound from './NotFound.vue'
import './styles/index.css'

const Layers = defineAsyncComponent(() => import('./components/Layers.vue'))
const Mistakes = defineAsyncComponent(() => import('./components/Mistakes.vue'))

const theme: Theme = {
  Layout,
  NotFound,
  enhanceApp({ app }) {
    app.provide(liveKey, createLive())
    const named: Readonly<Record<string, Component>> = { Checks, Quiz, Layers, Mistakes, ...figures }
    for (const [name, component] of Object.entries(named)) app.component(name, component)
  },
}

export default theme
