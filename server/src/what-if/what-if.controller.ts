import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBody, ApiConflictResponse, ApiNotFoundResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { type WhatIfAnswer, WhatIfAnswerSchema, type WhatIfDto, WhatIfSchema } from '#domain/contract/what-if.js';
import { NotAudited } from '../audit/audited.decorator.js';
import { Roles } from '../auth/roles.decorator.js';
import { schemaOf } from '../common/openapi.js';
import { withMachiningCodes } from '../machining/input-codes.js';
import { WhatIfService } from './what-if.service.js';

@Controller('api/what-if')
@Roles('manager', 'operator')
export class WhatIfController {
  constructor(private readonly whatIf: WhatIfService) {}

  @Post(':latheId')
  @NotAudited()
  @HttpCode(200)
  @ApiOperation({ summary: 'The running job as it is planned and as it would be with changes' })
  @ApiBody({ schema: schemaOf(WhatIfSchema) })
  @ApiOkResponse({ schema: schemaOf(WhatIfAnswerSchema) })
  @ApiNotFoundResponse({ description: 'lathe_not_found' })
  @ApiConflictResponse({ description: 'no_running_job' })
  ask(
    @Param('latheId') latheId: string,
    @Body({ schema: withMachiningCodes(WhatIfSchema) }) question: WhatIfDto,
  ): Promise<WhatIfAnswer> {
    return this.whatIf.ask(latheId, question);
  }
}
