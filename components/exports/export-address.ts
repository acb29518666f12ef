import type { Language } from '@/lib/magics/types';
import { type ExportFormat, FILTERED_FORMATS } from '@/lib/schemas/export-formats';

/** Where an export is fetched from. Formats without a list of findings take no filter. */
export function exportAddress(
  auditId: string,
  format: ExportFormat,
  language: Language,
  filter: Readonly<Record<string, string>>,
): string {
  const query = new URLSearchParams({ format, language, ...(FILTERED_FORMATS.includes(format) && filter) });
  return `/api/v1/audits/${auditId}/export?${query}`;
}
