import { documentOf, reportFindings } from '@/lib/reports/audit-document';
import packageJson from '@/package.json' with { type: 'json' };
import type { AuditArguments } from './arguments';
import type { LocalAudit } from './run-audit';

/** A report as a file or a terminal takes it; what one format needs is read when it is asked for. */
export async function formatReport(
  report: LocalAudit,
  { format, isExplained, showsSuppressed }: Pick<AuditArguments, 'format' | 'isExplained' | 'showsSuppressed'>,
  hasColour: boolean,
): Promise<string> {
  const { commit, branch, results, language } = report;
  switch (format) {
    case 'text': {
      const { buildText } = await import('@/lib/reports/text');
      return buildText(report, { hasColour, isExplained, showsSuppressed });
    }
    case 'json': {
      const { buildJsonReport } = await import('@/lib/reports/json');
      return indented(buildJsonReport(report));
    }
    case 'junit': {
      const { buildJunit } = await import('@/lib/reports/junit');
      return buildJunit(report);
    }
    case 'cyclonedx': {
      const { buildCycloneDx } = await import('@/lib/reports/cyclonedx');
      return indented(buildCycloneDx({ ...report, repositoryUrl: null, toolVersion: packageJson.version }));
    }
    case 'sarif': {
      const { writeSarif } = await import('@/lib/reports/sarif-limits');
      const skipped = results.flatMap((result) => result.skipped);
      const fixes = report.fixes ? { fixes: report.fixes } : {};
      const findings = reportFindings(report);
      return `${writeSarif({ commit, branch, repositoryUrl: null, findings, skipped, language, ...fixes }, { indent: 2 })}\n`;
    }
    case 'gitlab': {
      const { buildGitlab } = await import('@/lib/reports/gitlab');
      return indented(buildGitlab(reportFindings(report), language));
    }
    case 'csv': {
      const { csvOf } = await import('@/lib/reports/csv');
      return [...csvOf(reportFindings(report), language)].join('');
    }
    case 'html': {
      const { buildHtml } = await import('@/lib/reports/html');
      return buildHtml(documentOf(report), language);
    }
  }
}

function indented(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
