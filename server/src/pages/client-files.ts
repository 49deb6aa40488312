import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Response } from 'express';

/** The built client beside the compiled server. */
export const CLIENT_DIR = fileURLToPath(new URL('../../../client', import.meta.url));

/** Serves the hashed assets for ever and everything else as revalidated; pages themselves go through their controller. */
export function serveClientFiles(app: NestExpressApplication): void {
  app.useStaticAssets(join(CLIENT_DIR, 'assets'), {
    prefix: '/assets/',
    immutable: true,
    maxAge: '365d',
    index: false,
  });
  app.useStaticAssets(CLIENT_DIR, { index: false, maxAge: 0 });
}

/** Answers with the single-page client. */
export function sendClient(response: Response, status = 200): void {
  if (!existsSync(join(CLIENT_DIR, 'index.html'))) {
    response.status(503).type('text/plain').send('The client is not built. Run: npm run build:client\n');
    return;
  }
  // Named from its root: a path with a hidden folder above the product would be refused.
  response.status(status).setHeader('Cache-Control', 'no-cache').sendFile('index.html', { root: CLIENT_DIR });
}
