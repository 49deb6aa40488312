import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { Request } from 'express';
import { ValidationError } from '../common/errors.js';

const HEADER = 'Idempotency-Key';
const LONGEST = 255;

/** The request's Idempotency-Key, undefined where it has none. @throws ValidationError for one that is empty or too long */
export const IdempotencyKey = createParamDecorator((_: unknown, context: ExecutionContext): string | undefined => {
  const key = context.switchToHttp().getRequest<Request>().header(HEADER);
  if (key !== undefined && (key.trim() === '' || key.length > LONGEST)) {
    throw new ValidationError([{ path: HEADER, message: `must have 1 to ${LONGEST} characters` }]);
  }
  return key;
});

export const ApiIdempotencyKey = () =>
  ApiHeader({
    name: HEADER,
    required: false,
    description: 'the same key and request get the same answer for 24 hours',
  });
