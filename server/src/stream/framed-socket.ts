import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { ClientSocket } from './stream-client.js';

/** First byte of a final, uncompressed binary message (RFC 6455, 5.2). */
const FINAL_BINARY = 0x82;

/**
 * A whole unmasked WebSocket message with room for `bytes` of payload: its header stands, the payload is to be written
 * behind it. One such buffer serves every client, where `send` would frame the same bytes anew for each.
 * @returns the message and the part of it that is payload, sharing memory
 */
export function allocateMessage(bytes: number): { message: Buffer; payload: Buffer } {
  const header = bytes < 126 ? 2 : bytes < 65_536 ? 4 : 10;
  const message = Buffer.allocUnsafe(header + bytes);
  message[0] = FINAL_BINARY;
  if (header === 2) message[1] = bytes;
  else if (header === 4) {
    message[1] = 126;
    message.writeUInt16BE(bytes, 2);
  } else {
    message[1] = 127;
    message.writeBigUInt64BE(BigInt(bytes), 2);
  }
  return { message, payload: message.subarray(header) };
}

/** A client's socket: text through ws, tick messages, which are framed already, straight to the wire behind it. */
export class FramedSocket implements ClientSocket {
  private static readonly TEXT = { binary: false, compress: false };

  /** @param wire - the socket of the upgrade request; compression is off, so ws never holds a message half sent */
  constructor(
    private readonly socket: WebSocket,
    private readonly wire: Duplex,
  ) {}

  get bufferedAmount(): number {
    return this.socket.bufferedAmount;
  }

  sendText(text: string): void {
    this.socket.send(text, FramedSocket.TEXT);
  }

  sendMessage(message: Buffer): void {
    if (this.socket.readyState === this.socket.OPEN) this.wire.write(message);
  }

  close(code: number, reason: string): void {
    this.socket.close(code, reason);
  }
}
