/**
 * A figure's code is fetched when its place comes near the screen, and not before.
 *
 * On a page that the server has drawn, the still picture is there already and is
 * woken in place. On a page reached by a link, an empty frame keeps the place.
 */
import {
  type Component,
  defineAsyncComponent,
  defineComponent,
  getCurrentInstance,
  h,
  onMounted,
  shallowRef,
} from 'vue'

type Load = () => Promise<{ readonly default: Component }>

/** How far outside the screen a figure begins to load. */
const NEAR = '300px'

export function defineFigure(load: Load): Component {
  const awaited = defineAsyncComponent({
    loader: load,
    loadingComponent: EmptyFrame,
    delay: 0,
    errorComponent: LostFrame,
  })
  return defineComponent({
    name: 'Figure',
    inheritAttrs: false,
    setup(_, { attrs }) {
      // known before setup only when a page that the server has drawn is being woken
      const drawnElement: unknown = getCurrentInstance()?.vnode.el
      if (import.meta.env.SSR) return () => h(awaited, attrs)
      if (drawnElement instanceof Element) {
        const woken = defineAsyncComponent(() => nearTo(drawnElement).then(load))
        return () => h(woken, attrs)
      }
      const near = shallowRef(false)
      const frame = shallowRef<HTMLElement>()
      onMounted(async () => {
        if (frame.value !== undefined) await nearTo(frame.value)
        near.value = true
      })
      return () => (near.value ? h(awaited, attrs) : h('div', { ref: frame, class: 'figure-place' }))
    },
  })
}

/** Resolves when the element comes near the screen, or the page is to be printed. Gone from the page, it never does. */
function nearTo(element: Element): Promise<void> {
  return new Promise((resolve) => {
    const near = () => {
      observer.disconnect()
      removeEventListener('beforeprint', near)
      resolve()
    }
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) near()
      },
      { rootMargin: NEAR },
    )
    observer.observe(element)
    addEventListener('beforeprint', near)
  })
}

const EmptyFrame = defineComponent({ name: 'EmptyFrame', render: () => h('div', { class: 'figure-place' }) })

const LostFrame = defineComponent({
  name: 'LostFrame',
  render: () =>
    h('p', { class: 'figure-place', role: 'alert' }, 'This figure could not be loaded. Reload the page to try again.'),
})
