/** Dragging along time, by mouse, pen or touch: from where something was grabbed, by as much as the pointer has moved. */
import { onBeforeUnmount } from 'vue'
import type { Frame } from './frame.ts'

/** A pointer that moved less than this has pressed and not dragged. */
const SLIP_PX = 4

export function useDrag(frameOfPicture: (element: Element) => Frame, moved: (byAlong: number) => void) {
  let end: (() => void) | undefined
  let wasDragged = false

  function grab(event: PointerEvent): void {
    if (event.button !== 0 || !(event.currentTarget instanceof SVGElement)) return
    end?.()
    wasDragged = false
    const picture = event.currentTarget.closest('svg')
    if (picture === null) return
    const { pointerId, clientX, clientY } = event
    const frame = frameOfPicture(picture)
    const unitsInPixel = frame.width / picture.getBoundingClientRect().width
    const move = (now: PointerEvent) => {
      if (now.pointerId !== pointerId) return
      const byPx = frame.arrangement === 'wide' ? now.clientX - clientX : now.clientY - clientY
      wasDragged ||= Math.abs(byPx) >= SLIP_PX
      if (wasDragged) moved(byPx * unitsInPixel)
    }
    const drop = (now: PointerEvent) => {
      if (now.pointerId === pointerId) end?.()
    }
    end = () => {
      window.removeEventListener('pointermove', move)
      window.removeEventListener('pointerup', drop)
      window.removeEventListener('pointercancel', drop)
      end = undefined
    }
    window.addEventListener('pointermove', move)
    window.addEventListener('pointerup', drop)
    window.addEventListener('pointercancel', drop)
  }

  onBeforeUnmount(() => end?.())
  return {
    grab,
    /** Whether the press that ends now has been a drag. Asked once, it forgets. */
    wasDrag(): boolean {
      const was = wasDragged
      wasDragged = false
      return was
    },
  }
}
