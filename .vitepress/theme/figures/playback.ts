/**
 * The moment that a figure shows, and how it moves: forward while playing, at
 * once when scrubbed, in a short glide when stepped. It asks for frames only
 * while something moves and the figure is on the screen.
 */
import { computed, onBeforeUnmount, type Ref, ref, shallowRef, watch } from 'vue'

export interface PlaybackOptions {
  readonly startMs: number
  readonly endMs: number
  /** How many milliseconds of the run pass in one of the reader's, at speed 1. By default 1. */
  readonly pace?: number
  /** How far the run is recorded; the moment shown never passes it. */
  readonly reachedMs: () => number
  /** Moments worth stopping at, in order. */
  readonly marksMs: () => readonly number[]
  readonly onScreen: Ref<boolean>
  readonly calm: Ref<boolean>
}

export type Playback = ReturnType<typeof usePlayback>

/** A frame that comes later than this counts as this: a tab that slept doesn't leap ahead. */
const FRAME_MAX_MS = 50
const GLIDE_MS = 260
export const SPEEDS = [0.25, 0.5, 1, 2, 4] as const

interface Glide {
  readonly fromMs: number
  readonly toMs: number
  spentMs: number
}

export function usePlayback(options: PlaybackOptions) {
  const nowMs = ref(options.startMs)
  const speed = ref(1)
  const playing = ref(false)
  const glide = shallowRef<Glide>()

  function scrub(toMs: number): void {
    glide.value = undefined
    nowMs.value = Math.min(Math.max(0, toMs), options.endMs)
  }

  function play(): void {
    if (nowMs.value >= options.endMs) scrub(0)
    playing.value = true
  }

  function pause(): void {
    playing.value = false
    glide.value = undefined
  }

  function step(direction: 1 | -1): void {
    const fromMs = glide.value?.toMs ?? nowMs.value
    pause()
    const marks = options.marksMs()
    const next = direction === 1 ? marks.find((mark) => mark > fromMs) : marks.findLast((mark) => mark < fromMs)
    const toMs = Math.min(next ?? (direction === 1 ? options.reachedMs() : 0), options.endMs)
    if (options.calm.value) scrub(toMs)
    else glide.value = { fromMs: nowMs.value, toMs, spentMs: 0 }
  }

  function moveOn(byMs: number): void {
    nowMs.value = Math.max(nowMs.value, Math.min(nowMs.value + byMs, options.reachedMs(), options.endMs))
    if (nowMs.value >= options.endMs) playing.value = false
  }

  const moving = computed(() => options.onScreen.value && (playing.value || glide.value !== undefined))
  useFrames(moving, (passedMs) => {
    if (glide.value === undefined) return moveOn(passedMs * speed.value * (options.pace ?? 1))
    nowMs.value = moved(glide.value, passedMs)
    if (nowMs.value === glide.value.toMs) glide.value = undefined
  })

  const toggle = () => (playing.value ? pause() : play())
  return { nowMs, speed, playing, endMs: options.endMs, scrub, play, pause, toggle, step }
}

function moved(glide: Glide, passedMs: number): number {
  glide.spentMs += passedMs
  const share = glide.spentMs / GLIDE_MS
  return share < 1 ? glide.fromMs + (glide.toMs - glide.fromMs) * share : glide.toMs
}

/** Calls `move` once a frame while `moving`, with the time since the frame before. */
function useFrames(moving: Ref<boolean>, move: (passedMs: number) => void): void {
  let frame: number | undefined
  let lastFrameMs: number | undefined

  function onFrame(frameMs: number): void {
    frame = requestAnimationFrame(onFrame)
    const passedMs = Math.min(FRAME_MAX_MS, frameMs - (lastFrameMs ?? frameMs))
    lastFrameMs = frameMs
    move(passedMs)
  }

  function halt(): void {
    if (frame !== undefined) cancelAnimationFrame(frame)
    frame = undefined
    lastFrameMs = undefined
  }

  watch(moving, (isMoving) => {
    halt()
    if (isMoving) frame = requestAnimationFrame(onFrame)
  })
  onBeforeUnmount(halt)
}
