import * as z from 'zod';
import { EXPORT_FORMATS } from './export-formats';
import { FindingFilter } from './findings';

/** GET /audits/{auditId}/export */
export const ExportRequest = FindingFilter.omit({ cursor: true, limit: true, assignee: true, state: true }).extend({
  format: z.enum(EXPORT_FORMATS).describe('What kind of file'),
  language: z.enum(['en', 'ja']).default('en').describe('Of the texts'),
  state: FindingFilter.shape.state.describe(
    'States, as `new,reopened`; unless given open ones in html, pdf and gitlab, and all in csv, json and sarif',
  ),
});
export type ExportRequest = z.infer<typeof ExportRequest>;
