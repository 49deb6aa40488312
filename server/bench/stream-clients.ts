import { WebSocket } from 'ws';

/** Many listeners in a process of their own, so that their cost is not counted as the server's. */
interface Order {
  url: string;
  clients: number;
  hz: number;
  cookie?: string;
  acknowledge: boolean;
}

/** As the browser client does: at most every third of a second, with the frame that has just come. */
const ACK_EVERY_MS = 333;

let sockets: WebSocket[] = [];
let frames = 0;
let bytes = 0;
let latenciesMs: number[] = [];
let lost = 0;
/** Of alert events, from the tick or request that made the transition. */
let alertLatenciesMs: number[] = [];

function listen(order: Order): Promise<void> {
  return new Promise((resolve, reject) => {
    const options = order.cookie ? { headers: { cookie: order.cookie } } : {};
    const socket = new WebSocket(order.url, order.cookie ? ['byte-astra.v1'] : [], {
      ...options,
      perMessageDeflate: false,
    });
    let sequence = 0;
    let ackedMs = 0;
    socket.on('open', () => {
      if (order.cookie) socket.send(JSON.stringify({ event: 'subscribe', data: { lathes: 'all', hz: order.hz } }));
      resolve();
    });
    socket.on('error', reject);
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      if (!isBinary) return hear(data);
      const next = data.readUInt32LE(8);
      if (sequence !== 0 && next > sequence + 1) lost += next - sequence - 1;
      sequence = next;
      frames++;
      bytes += data.length;
      const nowMs = Date.now();
      latenciesMs.push(nowMs - data.readDoubleLE(16));
      if (order.acknowledge && nowMs - ackedMs >= ACK_EVERY_MS) {
        ackedMs = nowMs;
        socket.send(`{"event":"ack","data":{"topic":${data.readUInt32LE(24)},"seq":${sequence}}}`);
      }
    });
    sockets.push(socket);
  });
}

const CHANGED_AT = /"changedAt":"([^"]+)"/;
function hear(data: Buffer): void {
  const nowMs = Date.now();
  if (data.indexOf('{"event":"alert"') !== 0) return;
  const changedAt = CHANGED_AT.exec(data.toString())?.[1];
  if (changedAt) alertLatenciesMs.push(nowMs - Date.parse(changedAt));
}

process.on('message', async (message: { type: 'open'; order: Order } | { type: 'reset' | 'report' | 'close' }) => {
  if (message.type === 'open') {
    await Promise.all(Array.from({ length: message.order.clients }, () => listen(message.order)));
  } else if (message.type === 'close') {
    for (const socket of sockets) socket.terminate();
    sockets = [];
  } else if (message.type === 'reset') {
    frames = bytes = lost = 0;
    latenciesMs = [];
    alertLatenciesMs = [];
  }
  process.send?.(message.type === 'report' ? { frames, bytes, lost, latenciesMs, alertLatenciesMs } : {});
});
process.on('disconnect', () => process.exit(0));
