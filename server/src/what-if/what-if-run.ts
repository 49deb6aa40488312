import type { WhatIfBasis, WhatIfDto } from '#domain/contract/what-if.js';
import type { PlanLibrary } from '#domain/machining/plan.js';
import { type WhatIfResult, whatIf } from '#domain/what-if/what-if.js';
import { type Answer, type Asked, answerTo } from '../common/computing-answer.js';

export interface WhatIfQuestion {
  basis: WhatIfBasis;
  question: WhatIfDto;
  library: PlanLibrary;
}

/** Computes one what-if. */
export function answerWhatIf(asked: Asked<WhatIfQuestion>): Answer<WhatIfResult> {
  return answerTo(asked, ({ basis, question, library }) => whatIf(basis, question, library));
}
