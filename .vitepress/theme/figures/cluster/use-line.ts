/** Drawing a line across the picture, by mouse, pen or finger. */
import { onBeforeUnmount, type Ref, shallowRef } from 'vue'
import { LINE_MIN, type Line, lengthOf } from './cut-line.ts'
import type { Layout, Point } from './layout.ts'

/** A pointer that moved less than this, in units of the picture, has pressed and drawn nothing. */
const SLIP = 6

export function useLine(
  svg: Readonly<Ref<SVGSVGElement | null>>,
  layout: Readonly<Ref<Layout>>,
  done: (line: Line) => void,
) {
  const drawn = shallowRef<Line>()
  let isUnderWay = false
  let wasDrawn = false
  let end: (() => void) | undefined

  function placeOf(event: PointerEvent): Point | undefined {
    const box = svg.value?.getBoundingClientRect()
    if (box === undefined || box.width === 0) return undefined
    const units = layout.value.width / box.width
    return { x: (event.clientX - box.left) * units, y: (event.clientY - box.top) * units }
  }

  function begin(event: PointerEvent): void {
    const from = placeOf(event)
    if (event.button !== 0 || from === undefined) return
    end?.()
    isUnderWay = true
    wasDrawn = false
    const move = (now: PointerEvent) => {
      const to = placeOf(now)
      if (now.pointerId !== event.pointerId || to === undefined) return
      const line = { from, to }
      wasDrawn ||= lengthOf(line) >= SLIP
      if (wasDrawn) drawn.value = line
    }
    const drop = (now: PointerEvent) => {
      if (now.pointerId !== event.pointerId) return
      const line = drawn.value
      end?.()
      if (now.type === 'pointerup' && line !== undefined && lengthOf(line) >= LINE_MIN) done(line)
    }
    end = () => {
      window.removeEventListener('pointermove', move)
      window.removeEventListener('pointerup', drop)
      window.removeEventListener('pointercancel', drop)
      end = undefined
      isUnderWay = false
      drawn.value = undefined
    }
    window.addEventListener('pointermove', move)
    window.addEventListener('pointerup', drop)
    window.addEventListener('pointercancel', drop)
  }

  onBeforeUnmount(() => end?.())
  return {
    /** The line that is being drawn. */
    drawn,
    begin,
    /** A finger that draws moves the line, and not the page. Within an SVG, `touch-action` alone does not see to it. */
    hold(event: Event): void {
      if (isUnderWay && event.cancelable) event.preventDefault()
    },
    /** Whether the press that ends now has drawn a line. Asked once, it forgets. */
    wasDrawn(): boolean {
      const was = wasDrawn
      wasDrawn = false
      return was
    },
  }
}
