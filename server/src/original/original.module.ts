import { type MiddlewareConsumer, Module, type NestModule, RequestMethod } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { JobsModule } from '../jobs/jobs.module.js';
import { JobsApiModule } from '../jobs/jobs-api.module.js';
import { LathesModule } from '../lathes/lathes.module.js';
import { ToolsModule } from '../tools/tools.module.js';
import { OriginalController } from './original.controller.js';
import { SimulationStart } from './simulation-start.service.js';
import { StoreProbe } from './store-probe.service.js';

@Module({
  imports: [JobsApiModule, JobsModule, LathesModule, ToolsModule],
  controllers: [OriginalController],
  providers: [SimulationStart, StoreProbe],
})
export class OriginalModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(jobListAsJson).forRoutes({ path: 'jobs/:latheId', method: RequestMethod.GET });
  }
}

/** `GET /jobs/:latheId` is a page; whoever prefers JSON gets the list behind it, with that route's checks. */
function jobListAsJson(request: Request, response: Response, next: NextFunction): void {
  response.vary('Accept');
  const latheId = request.params['latheId'];
  if (latheId && request.accepts(['html', 'json']) === 'json') {
    const [, query] = request.url.split('?', 2);
    request.url = `/api/lathes/${encodeURIComponent(String(latheId))}/jobs${query ? `?${query}` : ''}`;
  }
  next();
}
