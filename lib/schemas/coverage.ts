import * as z from 'zod';

export const COVERAGE_FORMATS = ['lcov', 'cobertura', 'jacoco', 'go'] as const;

export const CoverageUpload = z.object({
  commit: z
    .string()
    .regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/, 'a full commit id in lower case')
    .describe('Full id of the commit that the tests ran on'),
  format: z.enum(COVERAGE_FORMATS).optional().describe('Found out unless given'),
});
export type CoverageUpload = z.infer<typeof CoverageUpload>;

export const CoverageView = z.object({
  projectId: z.uuid(),
  commit: z.string(),
  hash: z.string().describe('Of what the report says; part of the result hash of audits that read it'),
  format: z.enum(COVERAGE_FORMATS),
  files: z.number().int(),
  /** Lines that can run, and those that did. */
  lines: z.number().int(),
  hit: z.number().int(),
});
export type CoverageView = z.infer<typeof CoverageView>;
