import { type WhatIfAnswer, WhatIfAnswerSchema } from '#domain/contract/what-if.js';
import { sendJson } from '../../../api/http';

/** The future itself is computed in the browser: only what it begins from is asked for. */
const SHORTEST_HORIZON_MINUTES = 0.1;

/** The present state of a running lathe. @throws ProblemError 409 `no_running_job` */
export const fetchWhatIfBasis = (latheId: string): Promise<WhatIfAnswer> =>
  sendJson('POST', `/api/what-if/${latheId}`, { horizonMinutes: SHORTEST_HORIZON_MINUTES }, WhatIfAnswerSchema);
