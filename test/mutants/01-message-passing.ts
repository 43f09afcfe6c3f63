/** The famous mistakes of chapter 1, by exercise. */
import type { Mutant } from '../mutant.ts'
import { mutants as channel } from './01-message-passing/1.1-channel.ts'
import { mutants as channelEnds } from './01-message-passing/1.1-channel-ends.ts'
import { mutants as select } from './01-message-passing/1.2-select.ts'
import { mutants as taskGroup } from './01-message-passing/1.3-task-group.ts'
import { mutants as broadcast } from './01-message-passing/1.4-broadcast.ts'

export const mutants: readonly Mutant[] = [...channel, ...channelEnds, ...select, ...taskGroup, ...broadcast]
