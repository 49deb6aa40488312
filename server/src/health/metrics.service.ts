import { Injectable } from '@nestjs/common';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What Prometheus may read of this process. */
@Injectable()
export class MetricsService {
  private readonly registry = new Registry();
  readonly contentType = this.registry.contentType;

  readonly httpSeconds = new Histogram({
    name: 'byte_astra_http_request_seconds',
    help: 'Time to answer a request',
    labelNames: ['method', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2],
    registers: [this.registry],
  });
  readonly streamClients = new Gauge({
    name: 'byte_astra_stream_clients',
    help: 'Open live streams',
    registers: [this.registry],
  });
  readonly framesSent = new Counter({
    name: 'byte_astra_stream_frames_sent_total',
    help: 'Tick frames handed to sockets',
    registers: [this.registry],
  });
  readonly framesSpared = new Counter({
    name: 'byte_astra_stream_frames_spared_total',
    help: 'Tick frames that a slow client was spared',
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  render(): Promise<string> {
    return this.registry.metrics();
  }
}
