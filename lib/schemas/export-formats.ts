/** Without schemas: pages that name them load no more than this. */
export const EXPORT_FORMATS = ['html', 'pdf', 'csv', 'json', 'sarif', 'junit', 'gitlab', 'cyclonedx'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Exports that list findings, and take the filters of such lists. */
export const FILTERED_FORMATS: readonly ExportFormat[] = ['html', 'pdf', 'csv', 'json', 'sarif', 'gitlab'];
