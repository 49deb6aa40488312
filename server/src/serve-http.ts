import { randomUUID } from 'node:crypto';
import type { DynamicModule, INestApplication, NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import { AccountPolicy } from './auth/account-policy.js';
import { IdentityService } from './auth/identity.service.js';
import { KnownQueryInterceptor } from './common/known-query.interceptor.js';
import { logContext } from './common/log-context.js';
import { serveOpenApi } from './common/openapi.js';
import { ProblemFilter } from './common/problem.filter.js';
import { validationPipe } from './common/validation.pipe.js';
import type { AppConfig } from './config/config.js';
import { MetricsService } from './health/metrics.service.js';
import { serveClientFiles } from './pages/client-files.js';
import { StreamAdapter } from './stream/stream.adapter.js';

const REQUEST_ID = /^[\w.-]{1,64}$/;

/** Builds the HTTP side and listens; nothing listens before accounts and configuration are found sound. */
export async function serveHttp(
  module: DynamicModule,
  config: AppConfig,
  options: NestApplicationOptions,
): Promise<INestApplication> {
  const app = await NestFactory.create<NestExpressApplication>(module, options);
  configureHttp(app, config);
  await app.init();
  await app.get(AccountPolicy).prepare();
  await app.listen(config.port, config.host);
  return app;
}

export function configureHttp(app: NestExpressApplication, config: AppConfig): void {
  app.set('trust proxy', config.trustProxy);
  app.set('query parser', 'simple');
  app.disable('x-powered-by');
  app.use(securityHeaders());
  app.use(observe(app.get(MetricsService)));
  app.useBodyParser('json', { limit: '256kb' });
  app.useBodyParser('urlencoded', { limit: '64kb', extended: false });
  app.useGlobalInterceptors(new KnownQueryInterceptor());
  app.useGlobalPipes(validationPipe);
  app.useGlobalFilters(new ProblemFilter());
  app.useWebSocketAdapter(new StreamAdapter(app, app.get(IdentityService), config.trustProxy));
  app.enableShutdownHooks();
  serveClientFiles(app);
  serveOpenApi(app);
}

/** Everything comes from this address; component styles are written into the page at run time. */
const securityHeaders = () =>
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'", 'ws:', 'wss:'],
        workerSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
      },
    },
    strictTransportSecurity: false,
    crossOriginEmbedderPolicy: false,
  });

/** Gives each request an id for its log lines and answer, and its time to the metrics. */
const observe = (metrics: MetricsService) => (request: Request, response: Response, next: NextFunction) => {
  const given = request.get('x-request-id');
  const requestId = given && REQUEST_ID.test(given) ? given : randomUUID();
  response.setHeader('X-Request-Id', requestId);
  const done = metrics.httpSeconds.startTimer();
  response.on('finish', () => done({ method: request.method, status: String(response.statusCode) }));
  logContext.run({ requestId }, next);
};
