import { reportEn } from './report.en';
import { reportJa } from './report.ja';

/** Texts of reports by language. */
export const REPORT_TEXTS = { en: reportEn, ja: reportJa } as const;
