import type { SketchCommit } from './define';
import type { ProviderFact, PullRequestFact } from './facts/provider';

/** A history for examples: one small change of one source file for each message. */
export function changes(...messages: string[]): SketchCommit[] {
  return messages.map((message, index) => ({
    message,
    files: { 'src/step.ts': `export const step = ${index};\n` },
  }));
}

/** A text of so many lines, each its own. */
export function lines(count: number, prefix = 'export const value'): string {
  return Array.from({ length: count }, (_, index) => `${prefix}${index} = ${index};\n`).join('');
}

/** What a host says, for examples; nothing by default. */
export function hostSays(fields: Partial<ProviderFact>): ProviderFact {
  return { protection: null, pullRequests: [], issues: [], checks: [], missing: {}, cut: [], ...fields };
}

/** A merged request as a host tells of it. */
export function pullRequest(number: number, fields: Partial<PullRequestFact> = {}): PullRequestFact {
  const openedAt = Date.UTC(2024, 0, 1, number) / 1000;
  return {
    number,
    author: 'ada',
    isBot: false,
    isDraft: false,
    openedAt,
    mergedAt: openedAt + 86_400,
    mergeCommitId: null,
    changedLines: 40,
    bodyLength: 200,
    approvedBy: ['grace'],
    changesRequestedBy: [],
    ...fields,
  };
}
