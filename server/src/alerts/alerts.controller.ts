import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import { z } from 'zod';
import {
  AlertActionSchema,
  type AlertDto,
  AlertsQuerySchema,
  type AlertTransitionDto,
  CreateAlertSchema,
  ShelveAlertSchema,
} from '#domain/contract/alert.js';
import type { Page } from '#domain/contract/page.js';
import { CurrentUser, Roles } from '../auth/roles.decorator.js';
import type { SessionUser } from '../auth/session-user.js';
import { schemaOf } from '../common/openapi.js';
import { type Act, AlertsService } from './alerts.service.js';
import { type AlarmKpiAnswer, AlertsQuery } from './alerts-query.service.js';
import { ApiIdempotencyKey, IdempotencyKey } from './idempotency-key.js';
import { RepeatedRequests } from './repeated-requests.js';

const KpiQuerySchema = z.strictObject({
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
});
/** No body says the same as an empty one. */
const OptionalActionSchema = AlertActionSchema.optional();
type ActionBody = z.output<typeof OptionalActionSchema>;
type Verb = 'acknowledge' | 'resolve' | 'unshelve';

@Controller('api/alerts')
export class AlertsController {
  constructor(
    private readonly alerts: AlertsService,
    private readonly queries: AlertsQuery,
    private readonly requests: RepeatedRequests,
  ) {}

  @Get()
  @Roles('manager', 'operator', 'display')
  list(@Query({ schema: AlertsQuerySchema }) query: z.output<typeof AlertsQuerySchema>): Promise<Page<AlertDto>> {
    return this.queries.list(query);
  }

  @Get('kpi')
  @Roles('manager', 'operator')
  kpi(@Query({ schema: KpiQuerySchema }) query: z.output<typeof KpiQuerySchema>): Promise<AlarmKpiAnswer> {
    return this.queries.kpi(query, new Date());
  }

  @Get(':id')
  @Roles('manager', 'operator', 'display')
  get(@Param('id') id: string): Promise<AlertDto> {
    return this.queries.get(id);
  }

  @Get(':id/transitions')
  @Roles('manager', 'operator')
  transitions(@Param('id') id: string): Promise<AlertTransitionDto[]> {
    return this.queries.transitions(id);
  }

  @Post()
  @Roles('manager', 'operator')
  @ApiBody({ schema: schemaOf(CreateAlertSchema) })
  @ApiIdempotencyKey()
  create(
    @Body({ schema: CreateAlertSchema }) body: z.output<typeof CreateAlertSchema>,
    @CurrentUser() user: SessionUser,
    @IdempotencyKey() key?: string,
  ): Promise<AlertDto> {
    return this.once(user, key, `raise ${JSON.stringify(body)}`, (act) => this.alerts.raise(body, act));
  }

  @Post(':id/acknowledge')
  @HttpCode(200)
  @Roles('operator', 'manager')
  @ApiBody({ schema: schemaOf(AlertActionSchema), required: false })
  @ApiIdempotencyKey()
  acknowledge(
    @Param('id') id: string,
    @Body({ schema: OptionalActionSchema }) body: ActionBody,
    @CurrentUser() user: SessionUser,
    @IdempotencyKey() key?: string,
  ): Promise<AlertDto> {
    return this.act('acknowledge', id, body, user, key);
  }

  @Post(':id/resolve')
  @HttpCode(200)
  @Roles('operator', 'manager')
  @ApiBody({ schema: schemaOf(AlertActionSchema), required: false })
  @ApiIdempotencyKey()
  resolve(
    @Param('id') id: string,
    @Body({ schema: OptionalActionSchema }) body: ActionBody,
    @CurrentUser() user: SessionUser,
    @IdempotencyKey() key?: string,
  ): Promise<AlertDto> {
    return this.act('resolve', id, body, user, key);
  }

  @Post(':id/unshelve')
  @HttpCode(200)
  @Roles('operator', 'manager')
  @ApiBody({ schema: schemaOf(AlertActionSchema), required: false })
  @ApiIdempotencyKey()
  unshelve(
    @Param('id') id: string,
    @Body({ schema: OptionalActionSchema }) body: ActionBody,
    @CurrentUser() user: SessionUser,
    @IdempotencyKey() key?: string,
  ): Promise<AlertDto> {
    return this.act('unshelve', id, body, user, key);
  }

  @Post(':id/shelve')
  @HttpCode(200)
  @Roles('operator', 'manager')
  @ApiBody({ schema: schemaOf(ShelveAlertSchema) })
  @ApiIdempotencyKey()
  shelve(
    @Param('id') id: string,
    @Body({ schema: ShelveAlertSchema }) body: z.output<typeof ShelveAlertSchema>,
    @CurrentUser() user: SessionUser,
    @IdempotencyKey() key?: string,
  ): Promise<AlertDto> {
    const { minutes, reason } = body;
    return this.once(user, key, `shelve ${id} ${JSON.stringify(body)}`, (act) =>
      this.alerts.shelve(id, minutes, { ...act, comment: reason }),
    );
  }

  private act(verb: Verb, id: string, body: ActionBody, user: SessionUser, key?: string): Promise<AlertDto> {
    return this.once(user, key, `${verb} ${id} ${JSON.stringify(body ?? {})}`, (act) =>
      this.alerts[verb](id, { ...act, ...(body?.comment ? { comment: body.comment } : {}) }),
    );
  }

  private once(
    { userID }: SessionUser,
    key: string | undefined,
    request: string,
    perform: (act: Act) => Promise<AlertDto>,
  ): Promise<AlertDto> {
    return this.requests.once(
      { userID, key, act: request },
      (requestKey) => perform({ actor: userID, atMs: Date.now(), ...(requestKey ? { requestKey } : {}) }),
      (requestKey) => this.alerts.answerTo(requestKey),
    );
  }
}
