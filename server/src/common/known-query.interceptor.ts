import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { Request } from 'express';
import type { Observable } from 'rxjs';
import { ValidationError } from './errors.js';

/** Refuses a query where the API reads none; queries that are read have a schema, which refuses what it does not know. */
@Injectable()
export class KnownQueryInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Request>();
    const names = Object.keys(request.query);
    if (names.length > 0 && isApi(request) && !readsQuery(context)) {
      throw new ValidationError(names.slice(0, 50).map((path) => ({ path, message: 'is not a known field' })));
    }
    return next.handle();
  }
}

/** By the route that was found: an address that does not exist is not judged by its query. */
const isApi = ({ route }: Request): boolean => String(route?.path).startsWith('/api/');

/** Nest keeps a method's parameters as `{"<kind>:<position>": …}`. */
function readsQuery(context: ExecutionContext): boolean {
  const parameters: object =
    Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), context.getHandler().name) ?? {};
  return Object.keys(parameters).some((key) => key.startsWith(`${RouteParamtypes.QUERY}:`));
}
