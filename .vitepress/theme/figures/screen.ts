/** What a figure knows of the screen: whether it can be seen, how wide it is, and whether its reader wants calm. */
import { onBeforeUnmount, onMounted, type Ref, ref } from 'vue'

export interface Screen {
  readonly onScreen: Ref<boolean>
  /** Undefined until it was measured. */
  readonly width: Ref<number | undefined>
  /** The reader has asked for less motion. */
  readonly calm: Ref<boolean>
}

export function useScreen(element: Readonly<Ref<HTMLElement | null>>): Screen {
  const onScreen = ref(false)
  const width = ref<number>()
  const calm = ref(false)
  const ends: (() => void)[] = []

  onMounted(() => {
    const preference = matchMedia('(prefers-reduced-motion: reduce)')
    const prefer = () => {
      calm.value = preference.matches
    }
    prefer()
    preference.addEventListener('change', prefer)
    ends.push(() => preference.removeEventListener('change', prefer))
    if (element.value === null) return

    const seen = new IntersectionObserver((entries) => {
      onScreen.value = entries.at(-1)?.isIntersecting ?? false
    })
    const sized = new ResizeObserver((entries) => {
      width.value = entries.at(-1)?.contentRect.width
    })
    seen.observe(element.value)
    sized.observe(element.value)
    ends.push(
      () => seen.disconnect(),
      () => sized.disconnect(),
    )
  })
  onBeforeUnmount(() => {
    for (const end of ends) end()
  })
  return { onScreen, width, calm }
}
