import { loadLanguage } from '@/lib/facts/code/grammar';
import { hashOfReport } from '@/lib/facts/coverage/coverage-report';
import { parseUpload } from '@/lib/facts/coverage/parse-upload';
import type { BlobMatches } from '@/lib/facts/own-rules/blob-matches';
import { compileQuery, type QueryProblem } from '@/lib/facts/own-rules/compile-query';
import { matchBlob } from '@/lib/facts/own-rules/match-blob';
import { type FixableFinding, fixFile } from '@/lib/fixes/fix-file';
import { type ImportedReport, readSarif } from '@/lib/imports/read-sarif';
import type { LanguageId } from '@/lib/magics/facts/code';
import type { KeyedMatcher } from '@/lib/magics/own-rules/matcher';
import { buildExport } from '@/lib/reports/build-export';
import { type Forecast, type ForecastOptions, forecastLoad } from '@/lib/scaling/forecast/forecast';
import type { Series } from '@/lib/scaling/series';
import type { CoverageUpload } from '@/lib/schemas/coverage';
import { packJson } from '../packed-json';
import { compareKept } from './compare-task';
import { type KeptAudit, type PreviewAnswer, previewAudit } from './preview-task';

interface PatchTask {
  path: string;
  bytes: Uint8Array;
  finding: FixableFinding;
}

interface CoverageTask {
  bytes: Uint8Array;
  format: CoverageUpload['format'];
}

interface OwnQueryTask {
  language: LanguageId;
  query: string;
}

interface OwnMatchesTask {
  matchers: readonly KeyedMatcher[];
  files: readonly { path: string; bytes: Uint8Array }[];
}

interface ImportTask {
  bytes: Uint8Array;
  files: ReadonlySet<string> | null;
  category: string | undefined;
}

interface ForecastTask {
  series: Series;
  options: ForecastOptions;
}

/** What would hold a process up: work on hostile text, which ends with the thread it runs in alone, and long sums. */
export const HEAVY_TASKS = {
  /** The patch that takes a finding away; null when none is safe. */
  async patch({ path, bytes, finding }: PatchTask) {
    return { patch: (await fixFile(path, bytes, [finding]))?.patch ?? null };
  },

  /** What is wrong with the query of an own rule; null when nothing is. */
  async ownQuery({ language, query }: OwnQueryTask): Promise<{ problem: QueryProblem | null }> {
    const loaded = await loadLanguage(language);
    const compiled = compileQuery(loaded.language, query);
    if ('problem' in compiled) return { problem: compiled.problem };
    compiled.query.delete();
    return { problem: null };
  },

  /** What an own rule finds in files, in their order. */
  async ownMatches({ matchers, files }: OwnMatchesTask): Promise<BlobMatches[]> {
    const found: BlobMatches[] = [];
    for (const { path, bytes } of files) found.push(await matchBlob(path, bytes, matchers));
    return found;
  },

  /** A coverage report as it is kept, and what is told about it. */
  async coverage({ bytes, format }: CoverageTask) {
    const report = await parseUpload(bytes, format);
    return {
      format: report.format,
      hash: hashOfReport(report),
      data: await packJson(report),
      files: report.files.length,
      lines: report.files.reduce((sum, file) => sum + file.lines, 0),
      hit: report.files.reduce((sum, file) => sum + file.hit, 0),
    };
  },

  /** What audits would have said under other policies. */
  async preview(audits: readonly KeptAudit[]) {
    const answers: PreviewAnswer[] = [];
    for (const audit of audits) answers.push(await previewAudit(audit));
    return answers;
  },

  /** What differs between what two audits found. */
  compare: compareKept,

  /** The load to expect; null where what is known is too little to tell. */
  async forecast({ series, options }: ForecastTask): Promise<Forecast | null> {
    return forecastLoad(series, options);
  },

  /** An export of an audit. */
  export: buildExport,
  /** What another tool found, by tool and category. */
  importSarif(task: ImportTask): Promise<ImportedReport[]> {
    return readSarif(task);
  },
};

export type HeavyTasks = typeof HEAVY_TASKS;
