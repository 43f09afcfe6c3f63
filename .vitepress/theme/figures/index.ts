/** The figures by the name that a page uses. */
import type { Component } from 'vue'

export const figures: Readonly<Record<string, Component>> = {}
