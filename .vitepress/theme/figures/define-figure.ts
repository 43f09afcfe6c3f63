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
  hydrateOnVisible,
  onBeforeUnmount,
  onMounted,
  shallowRef,
} from 'vue'

type Load = () => Promise<{ readonly default: Component }>

/** How far outside the screen a figure begins to load. */
const NEAR = '300px'

export function defineFigure(load: Load): Component {
  const drawn = defineAsyncComponent({ loader: load, hydrate: hydrateOnVisible({ rootMargin: NEAR }) })
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
      // the element is known before setup only when a page drawn by the server is being woken
      const woken = import.meta.env.SSR || getCurrentInstance()?.vnode.el != null
      if (woken) return () => h(drawn, attrs)
      const near = shallowRef(false)
      const frame = shallowRef<HTMLElement>()
      let observer: IntersectionObserver | undefined
      onMounted(() => {
        observer = new IntersectionObserver(
          (entries) => {
            if (!entries.some((entry) => entry.isIntersecting)) return
            near.value = true
            observer?.disconnect()
          },
          { rootMargin: NEAR },
        )
        if (frame.value !== undefined) observer.observe(frame.value)
      })
      onBeforeUnmount(() => observer?.disconnect())
      return () => (near.value ? h(awaited, attrs) : h('div', { ref: frame, class: 'figure-place' }))
    },
  })
}

const EmptyFrame = defineComponent({ name: 'EmptyFrame', render: () => h('div', { class: 'figure-place' }) })

const LostFrame = defineComponent({
  name: 'LostFrame',
  render: () =>
    h('p', { class: 'figure-place', role: 'alert' }, 'This figure could not be loaded. Reload the page to try again.'),
})
