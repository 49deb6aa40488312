import type { Request } from 'express';

/** True for a browser that goes to an address; programs, which take anything or ask for JSON, want data. */
export const wantsPage = (request: Request): boolean => request.get('accept')?.includes('text/html') ?? false;
