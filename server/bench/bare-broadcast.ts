import { WebSocketServer } from 'ws';

/** The peer: one buffer of the given size to every client at the given rate, with ws and nothing else. */
const [bytes = 1_792, hz = 10] = process.argv.slice(2).map(Number);
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });

server.on('listening', () => {
  const address = server.address();
  if (typeof address === 'object' && address) process.send?.({ port: address.port });
});

let sequence = 0;
setInterval(() => {
  const frame = Buffer.alloc(bytes);
  frame.writeUInt32LE(++sequence, 8);
  frame.writeDoubleLE(Date.now(), 16);
  for (const client of server.clients) client.send(frame);
}, 1000 / hz);
process.on('disconnect', () => process.exit(0));
