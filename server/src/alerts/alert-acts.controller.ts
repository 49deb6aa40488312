import { applyDecorators, Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import type { z } from 'zod';
import {
  AlertActionSchema,
  type AlertDto,
  CreateAlertSchema,
  ReasonedActSchema,
  ShelveAlertSchema,
  TakeOutOfServiceSchema,
} from '#domain/contract/alert.js';
import { Audited } from '../audit/audited.decorator.js';
import { CurrentUser, Roles } from '../auth/roles.decorator.js';
import type { SessionUser } from '../auth/session-user.js';
import { schemaOf } from '../common/openapi.js';
import { type Act, AlertActs } from './alert-acts.service.js';
import { AlertRequests } from './alert-requests.js';
import { ApiIdempotencyKey, IdempotencyKey } from './idempotency-key.js';

/** No body says the same as an empty one. */
const OptionalActionSchema = AlertActionSchema.optional();
type ActionBody = z.output<typeof OptionalActionSchema>;
type CommentedAct = 'acknowledge' | 'resolve' | 'reset' | 'unshelve' | 'returnToService';

/** An act on one alert: 200 with the alert as it is then. */
const ActOn = (path: string, schema: z.ZodType, ...roles: ('operator' | 'manager')[]) =>
  applyDecorators(
    Post(path),
    HttpCode(200),
    Roles(...roles),
    ApiBody({ schema: schemaOf(schema), required: schema !== AlertActionSchema }),
    ApiIdempotencyKey(),
  );

/** A request that is sent again, or comes second, finds the alert at the same transition and leaves no second entry. */
const onAlert = {
  subject: ({ id }: AlertDto): string => id,
  once: ({ id, n }: AlertDto): string => `${id}:${n}`,
};

@Controller('api/alerts')
export class AlertActsController {
  constructor(
    private readonly acts: AlertActs,
    private readonly requests: AlertRequests,
  ) {}

  @Post()
  @Audited('alertRaised', onAlert)
  @Roles('manager', 'operator')
  @ApiBody({ schema: schemaOf(CreateAlertSchema) })
  @ApiIdempotencyKey()
  create(
    @Body({ schema: CreateAlertSchema }) body: z.output<typeof CreateAlertSchema>,
    @CurrentUser() user: SessionUser,
    @IdempotencyKey() key?: string,
  ): Promise<AlertDto> {
    return this.requests.once(user, key, `raise ${JSON.stringify(body)}`, (act) => this.acts.raise(body, act));
  }

  /** A limit, whether it has an alarm at the moment or not. */
  @Post('out-of-service')
  @Audited('alertTakenOutOfService', onAlert)
  @Roles('manager')
  @ApiBody({ schema: schemaOf(TakeOutOfServiceSchema) })
  @ApiIdempotencyKey()
  takeLimitOutOfService(
    @Body({ schema: TakeOutOfServiceSchema }) body: z.output<typeof TakeOutOfServiceSchema>,
    @CurrentUser() user: SessionUser,
    @IdempotencyKey() key?: string,
  ): Promise<AlertDto> {
    return this.requests.once(user, key, `out of service ${JSON.stringify(body)}`, (act) =>
      this.acts.takeLimitOutOfService(body, because(act, body)),
    );
  }

  @ActOn(':id/acknowledge', AlertActionSchema, 'operator', 'manager')
  @Audited('alertAcknowledged', onAlert)
  acknowledge(
    @Param('id') id: string,
    @Body({ schema: OptionalActionSchema }) body: ActionBody,
    @CurrentUser() user: SessionUser,
    @IdempotencyKey() key?: string,
  ): Promise<AlertDto> {
    return this.act('acknowledge', id, body, user, key);
  }

  @ActOn(':id/resolve', AlertActionSchema, 'operator', 'manager')
  @Audited('alertResolved', onAlert)
  resolve(
    @Param('id') id: string,
    @Body({ schema: OptionalActionSchema }) body: ActionBody,
    @CurrentUser() user: SessionUser,
    @IdempotencyKey() key?: string,
  ): Promise<AlertDto> {
    return this.act('resolve', id, body, user, key);
  }

  /** Of a latched alarm that has been acknowledged and has returned. */
  @ActOn(':id/reset', AlertActionSchema, 'operator', 'manager')
  @Audited('alertReset', onAlert)
  reset(
    @Param('id') id: string,
    @Body({ schema: OptionalActionSchema }) body: ActionBody,
    @CurrentUser() user: SessionUser,
    @IdempotencyKey() key?: string,
  ): Promise<AlertDto> {
    return this.act('reset', id, body, user, key);
  }

  @ActOn(':id/unshelve', AlertActionSchema, 'operator', 'manager')
  @Audited('alertUnshelved', onAlert)
  unshelve(
    @Param('id') id: string,
    @Body({ schema: OptionalActionSchema }) body: ActionBody,
    @CurrentUser() user: SessionUser,
    @IdempotencyKey() key?: string,
  ): Promise<AlertDto> {
    return this.act('unshelve', id, body, user, key);
  }

  @ActOn(':id/return-to-service', AlertActionSchema, 'manager')
  @Audited('alertReturnedToService', onAlert)
  returnToService(
    @Param('id') id: string,
    @Body({ schema: OptionalActionSchema }) body: ActionBody,
    @CurrentUser() user: SessionUser,
    @IdempotencyKey() key?: string,
  ): Promise<AlertDto> {
    return this.act('returnToService', id, body, user, key);
  }

  @ActOn(':id/shelve', ShelveAlertSchema, 'operator', 'manager')
  @Audited('alertShelved', onAlert)
  shelve(
    @Param('id') id: string,
    @Body({ schema: ShelveAlertSchema }) body: z.output<typeof ShelveAlertSchema>,
    @CurrentUser() user: SessionUser,
    @IdempotencyKey() key?: string,
  ): Promise<AlertDto> {
    return this.requests.once(user, key, `shelve ${id} ${JSON.stringify(body)}`, (act) =>
      this.acts.shelve(id, body, because(act, body)),
    );
  }

  @ActOn(':id/out-of-service', ReasonedActSchema, 'manager')
  @Audited('alertTakenOutOfService', onAlert)
  takeOutOfService(
    @Param('id') id: string,
    @Body({ schema: ReasonedActSchema }) body: z.output<typeof ReasonedActSchema>,
    @CurrentUser() user: SessionUser,
    @IdempotencyKey() key?: string,
  ): Promise<AlertDto> {
    return this.requests.once(user, key, `out of service ${id} ${JSON.stringify(body)}`, (act) =>
      this.acts.takeOutOfService(id, because(act, body)),
    );
  }

  private act(verb: CommentedAct, id: string, body: ActionBody, user: SessionUser, key?: string): Promise<AlertDto> {
    return this.requests.once(user, key, `${verb} ${id} ${JSON.stringify(body ?? {})}`, (act) =>
      this.acts[verb](id, { ...act, ...(body?.comment ? { comment: body.comment } : {}) }),
    );
  }
}

const because = (act: Act, { reason }: { reason: string }): Act => ({ ...act, comment: reason });
