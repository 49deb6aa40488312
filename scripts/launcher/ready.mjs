import { get } from 'node:http';

const anyAddress = { '0.0.0.0': '127.0.0.1', '::': '[::1]' };

/** Where a browser on this machine finds the plant. */
export function urlOf({ host, port }) {
  return `http://${anyAddress[host] ?? (host.includes(':') ? `[${host}]` : host)}:${port}`;
}

/** Resolves when the plant says that its engines and roles are up. */
export async function untilReady(url) {
  while (!(await isReady(url))) await new Promise((resolve) => setTimeout(resolve, 150));
}

function isReady(url) {
  return new Promise((resolve) => {
    const request = get(`${url}/readyz`, { timeout: 2_000, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
  });
}
