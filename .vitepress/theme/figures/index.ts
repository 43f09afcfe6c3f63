/** The figures by the name that a page uses. Each is its own chunk, loaded when the reader comes near it. */
import type { Component } from 'vue'
import { defineFigure } from './define-figure.ts'

export const figures: Readonly<Record<string, Component>> = {
  ChannelFigure: defineFigure(() => import('./ChannelFigure.vue')),
  SpaceTimeFigure: defineFigure(() => import('./space-time/SpaceTimeFigure.vue')),
  FormatsFigure: defineFigure(() => import('./formats/FormatsFigure.vue')),
  ClusterFigure: defineFigure(() => import('./cluster/ClusterFigure.vue')),
  ReplayFigure: defineFigure(() => import('../replay/Replay.vue')),
}
