import { once } from 'node:events';
import type { Socket } from 'node:net';
import { answer } from '../commands/dispatch.js';
import type { Executor } from '../commands/executor.js';
import type { Request } from '../commands/request.js';
import type { Store } from '../commands/store.js';
import { encodeReply, HEADER_BYTES, MAX_MESSAGE_BYTES, readMessage } from './message.js';

/** Serves one client until it leaves, one message after the other. What cannot be read ends the connection. */
export async function serveConnection(socket: Socket, store: Store, executor: Executor): Promise<void> {
  store.connections++;
  store.connectionsMade++;
  socket.setNoDelay(true);
  let current: Request | undefined;
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    if (current) current.abandoned = true;
  });
  try {
    for await (const bytes of messagesOf(socket)) {
      const message = readMessage(bytes);
      current = message.request;
      current.abandoned = socket.destroyed;
      const reply = await answer(store, executor, message.request);
      current = undefined;
      if (message.silent) continue;
      socket.cork();
      for (const part of encodeReply(reply, message)) socket.write(part);
      socket.uncork();
      if (socket.writableNeedDrain) await drained(socket);
    }
  } catch {
    // A client that breaks the protocol, or a connection that broke: there is nobody left to tell.
  } finally {
    store.connections--;
    socket.destroy();
  }
}

/** Resolves when the client has taken what was written, or has gone; leaves no listener behind. */
async function drained(socket: Socket): Promise<void> {
  const settled = new AbortController();
  const { signal } = settled;
  const either = Promise.race([once(socket, 'drain', { signal }), once(socket, 'close', { signal })]);
  await either.finally(() => settled.abort());
}

/** Cuts the byte stream into messages. @throws RangeError on a length that no message has */
async function* messagesOf(socket: Socket): AsyncGenerator<Buffer> {
  let chunks: Buffer[] = [];
  let buffered = 0;
  let wanted = HEADER_BYTES;
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    buffered += chunk.length;
    while (buffered >= wanted) {
      const joined: Buffer = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
      const length = joined.readInt32LE(0);
      if (length < HEADER_BYTES || length > MAX_MESSAGE_BYTES) throw new RangeError(`message of ${length} bytes`);
      if (buffered < length) {
        chunks = [joined];
        wanted = length;
        break;
      }
      yield joined.subarray(0, length);
      chunks = [joined.subarray(length)];
      buffered -= length;
      wanted = HEADER_BYTES;
    }
  }
}
