import type { INestApplication } from '@nestjs/common';
import { type ApiBodyOptions, DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

import { z } from 'zod';

/** A contract schema as OpenAPI wants it. */
export const schemaOf = (schema: z.ZodType) =>
  z.toJSONSchema(schema, { target: 'openapi-3.0', io: 'input', unrepresentable: 'any' }) as unknown as Extract<
    ApiBodyOptions,
    { schema: unknown }
  >['schema'];

/** Serves the documentation at /api/docs and the description itself at /api/openapi.json. */
export function serveOpenApi(app: INestApplication): OpenAPIObject {
  const about = new DocumentBuilder()
    .setTitle('Byte-Astra')
    .setDescription('Lathes, jobs, alerts and telemetry of a turning shop. Errors are RFC 9457 problem details.')
    .setVersion('1')
    .addCookieAuth('ba_session')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'display token' })
    .build();
  const document = SwaggerModule.createDocument(app, about);
  SwaggerModule.setup('api/docs', app, document, {
    jsonDocumentUrl: 'api/openapi.json',
    customSiteTitle: 'Byte-Astra API',
  });
  return document;
}
