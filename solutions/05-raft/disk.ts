/**
 * A disk, as small as a log needs it: one directory of files that grow at their
 * end. Whoever writes to it learns here what a power cut leaves.
 *
 * A disk and the system in front of it keep a promise only when they are asked
 * for it, by a sync. What was done since the last one may have reached the disk
 * in whole, in part or not at all, and in another order than it was done in. A
 * program that is killed loses less: what it has written stays visible to the
 * next one, and is still not promised to survive a power cut.
 *
 * An operation that rejects may have happened or not. After a `sync` that has
 * rejected, nothing is known of what it was to bring to the disk, and asking
 * again is no remedy: Linux's file systems mark the pages as written all the
 * same, so the next sync has nothing to do and reports success (Rebello and
 * others, "Can Applications Recover from fsync Failures?", USENIX ATC 2020).
 *
 * Real: `disk.node`. In a simulation: `simulated-disk`.
 */
export interface Disk {
  /** The names of all files, in any order. */
  list(): Promise<readonly string[]>

  /** All bytes of a file, synced or not. */
  read(name: string): Promise<Uint8Array>

  /** Makes an empty file. Rejects if there is one of this name. Until `syncDirectory`, a power cut may take it away, with all that was synced in it. */
  create(name: string): Promise<void>

  /**
   * Writes behind the end of a file. Until `sync`, a power cut may leave the file at
   * any length up to its new one, and each of the sectors of 512 bytes with what was
   * written, or as it was. Space that was never written reads as zeros. What was synced before is not harmed.
   */
  append(name: string, bytes: Uint8Array): Promise<void>

  /** Cuts a file to a smaller length. Until `sync`, a power cut may bring back what was cut off. */
  truncate(name: string, length: number): Promise<void>

  /** Once it resolves, the file's bytes and its length survive a power cut. */
  sync(name: string): Promise<void>

  /** Once it resolves, the files that were created survive one as well. */
  syncDirectory(): Promise<void>
}
