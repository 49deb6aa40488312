import { z } from 'zod';

// The content security policy forbids code from text, which zod would otherwise try. It must know before any schema is
// built, and chunks that hold schemas run before the code that imports them: hence the second step.
z.config({ jitless: true });
void import('./start');
