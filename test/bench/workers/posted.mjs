/** Adds up the numbers that it is posted, or objects that hold one. Plain JavaScript, as fast as it gets. */
import { parentPort } from 'node:worker_threads'

let sum = 0
parentPort.on('message', (message) => {
  if (message === 'sum') {
    parentPort.postMessage(sum)
    sum = 0
  } else sum += typeof message === 'number' ? message : message.n
})
