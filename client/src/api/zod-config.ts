import { z } from 'zod';

// Before any schema is built: the content security policy forbids code from text, which zod would try for speed.
z.config({ jitless: true });
