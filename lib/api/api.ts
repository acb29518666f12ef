import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context as Who } from '@/lib/auth/context';
import { AppError, ERROR_STATUS, type ErrorCode } from '@/lib/errors';
import { fieldProblem } from '@/lib/schemas/field-problem';

export interface ApiEnv {
  /** `clientAddress`: as the web process saw it; absent where the API is mounted without it. */
  Bindings: { clientAddress?: string };
  Variables: { ctx: Who; requestId: string; isCookieSession: boolean };
}

/** An empty router whose validation errors become `invalid_request` with the names of the bad fields. */
export function api() {
  return new OpenAPIHono<ApiEnv>({
    defaultHook: (result) => {
      if (result.success) return;
      const fields = result.error.issues.map((issue) => ({ ...fieldProblem(issue), ...placeOf(issue) }));
      const names = fields.map(({ field, problem }) => `${field || 'body'}: ${problem}`);
      throw new AppError('invalid_request', names.join('; '), { details: { fields } });
    },
  });
}

/** What a schema knows of a text that it cannot read: what kind of fault, where in the text, and which part of it. */
function placeOf(issue: z.core.$ZodIssue): { kind?: string; position?: number | null; part?: string } {
  if (issue.code !== 'custom' || typeof issue.params?.position === 'undefined') return {};
  const { problem, position, part } = issue.params;
  return { kind: String(problem), position, part: String(part) };
}

/** RFC 9457 */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string().describe('What programs tell problems apart by'),
    detail: z.string().describe('For people who read logs'),
    requestId: z.string().describe('Also in the header `X-Request-Id` and in the log'),
    fields: z
      .array(
        z.object({
          field: z.string(),
          problem: z.string(),
          kind: z.string().optional().describe('Of the fault, for programs and other languages; absent for rare ones'),
          expected: z.string().optional().describe('What would be right: a bound, or names'),
          position: z
            .number()
            .int()
            .nullable()
            .optional()
            .describe('Of the fault in the text, from 0; null: the whole'),
          part: z.string().optional(),
        }),
      )
      .optional(),
  })
  .loose()
  .openapi('Problem', {
    example: {
      type: '/docs/api#not_found',
      title: 'Not Found',
      status: 404,
      code: 'not_found',
      detail: 'no such project',
      requestId: '0193a0de-0000-7000-8000-000000000001',
    },
  });

export function json<Schema extends z.ZodType>(schema: Schema, description = 'OK') {
  return { description, content: { 'application/json': { schema } } };
}

export function body<Schema extends z.ZodType>(schema: Schema, example: z.input<Schema>) {
  return { required: true, content: { 'application/json': { schema, example } } };
}

/** Problem answers of a route, by HTTP status; `internal` is always among them, and `rate_limited` for who signs in. */
export function problems(...codes: ErrorCode[]) {
  const byStatus = new Map<number, string[]>();
  const limited = codes.includes('unauthenticated') ? (['rate_limited'] as const) : [];
  for (const code of [...codes, ...limited, 'internal'] as const) {
    const status = ERROR_STATUS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, names]) => [
      status,
      { description: names.join(', '), content: { 'application/problem+json': { schema: Problem } } },
    ]),
  );
}

/** All that may be wrong with a repository, or with asking its host. */
export const HOST_PROBLEMS = (Object.keys(ERROR_STATUS) as ErrorCode[]).filter((code) =>
  /^(?:provider|outgoing)_/.test(code),
);
export const REPOSITORY_PROBLEMS = [
  ...(Object.keys(ERROR_STATUS) as ErrorCode[]).filter((code) => code.startsWith('repository_')),
  ...HOST_PROBLEMS,
];
export const ProjectParams = z.object({ projectId: z.uuid().describe('From the list of projects') });
export const TeamParams = z.object({ teamId: z.uuid().describe('From the list of teams') });
/** Values of links are random text of 32 characters. */
export const LinkParams = z.object({
  token: z
    .string()
    .regex(/^[\w-]{8,64}$/)
    .describe('From the link'),
});
export const AuditParams = z.object({ auditId: z.uuid().describe('From the list of audits; `taskId` of a trigger') });
export const FindingParams = z.object({ findingId: z.uuid().describe('From a list of findings') });
export const security: Record<string, string[]>[] = [{ bearer: [] }, { session: [] }];
