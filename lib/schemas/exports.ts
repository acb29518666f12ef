import { z } from 'zod';
import { FindingFilter } from './findings';

export const EXPORT_FORMATS = ['html', 'pdf', 'csv', 'json', 'sarif', 'junit', 'gitlab', 'cyclonedx'] as const;
export const ExportFormat = z.enum(EXPORT_FORMATS);
export type ExportFormat = z.infer<typeof ExportFormat>;

/** Exports that list findings, and take the filters of such lists. */
export const FILTERED_FORMATS: readonly ExportFormat[] = ['html', 'pdf', 'csv', 'json', 'sarif', 'gitlab'];

/** GET /audits/{auditId}/export */
export const ExportRequest = FindingFilter.omit({ cursor: true, limit: true, assignee: true, state: true }).extend({
  format: ExportFormat.describe('What kind of file'),
  language: z.enum(['en', 'ja']).default('en').describe('Of the texts'),
  state: FindingFilter.shape.state.describe(
    'States, as `new,reopened`; unless given open ones in html, pdf and gitlab, and all in csv, json and sarif',
  ),
});
export type ExportRequest = z.infer<typeof ExportRequest>;
