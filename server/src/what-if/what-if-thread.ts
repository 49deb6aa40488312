import type { OnApplicationShutdown } from '@nestjs/common';
import type { WhatIfResult } from '#domain/what-if/what-if.js';
import { ComputingThread } from '../common/computing-thread.js';
import type { WhatIfQuestion } from './what-if-run.js';

/** A day ahead takes about a second. */
const PATIENCE_MS = 60_000;

/** Computes what-ifs apart from accelerated runs, so that they need not wait behind a long one. */
export class WhatIfThread extends ComputingThread<WhatIfQuestion, WhatIfResult> implements OnApplicationShutdown {
  constructor(entry = new URL('./what-if.thread.js', import.meta.url)) {
    super(entry, PATIENCE_MS);
  }

  onApplicationShutdown(): Promise<void> {
    return this.close();
  }
}
