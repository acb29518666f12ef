import type { Token } from '@/components/theme/tokens';
import type { Messages } from '@/lib/i18n/messages';
import { problemText } from '@/lib/i18n/problem-text';
import { textOf } from '@/lib/i18n/text-of';
import type { Language } from '@/lib/magics/types';
import type { AuditProgress, MagicCard } from '@/lib/schemas/audits';

/** Colour of a magic's own bar: it wears a status, not a band. */
export function statusColour(status: MagicCard['status']): Token {
  if (status === 'passed') return 'mossMark';
  if (status === 'warning') return 'ochreMark';
  return status === 'failed' ? 'vermMark' : 'naMark';
}

/** What passes stays quiet: only exceptions among the sub-scores have a colour. */
export function subScoreColour(score: number): Token {
  if (score < 60) return 'vermMark';
  return score < 80 ? 'ochreMark' : 'naMark';
}

/** The four lowest sub-scores that were judged. */
export function lowestSubScores(card: MagicCard): { id: string; score: number }[] {
  return card.subScores
    .flatMap(({ id, score }) => (score === null ? [] : [{ id, score }]))
    .sort((a, b) => a.score - b.score)
    .slice(0, 4);
}

/** Not judged yet. */
export function isPendingCard({ status }: Pick<MagicCard, 'status'>): boolean {
  return status === 'running' || status === 'waiting';
}

/** Why a card shows no score of its own. */
export function noScoreReason(
  card: MagicCard,
  progress: AuditProgress | null,
  t: Messages,
  language: Language,
): string {
  if (card.status === 'running') return t.project.cards.judging;
  if (card.status === 'waiting') return waitingReason(progress, t);
  if (card.status === 'error') return jobErrorText(card.errorCode ?? 'internal', t);
  if (card.weight === 0 && card.skipped.length === 0) return t.project.cards.off;
  return card.skipped[0]?.text[language] ?? t.project.cards.nothing;
}

function waitingReason(progress: AuditProgress | null, t: Messages): string {
  if (!progress) return t.project.cards.waitsForAudit;
  const judge = progress.stages.find(({ stage }) => stage === 'judge');
  return judge?.status === 'running' ? t.project.cards.waitsForWorker : t.project.cards.waitsForFacts;
}

/** Why an audit ended without a result; a branch that is not there is named. */
export function auditErrorText(
  { errorCode, branch }: { errorCode: string | null; branch: string },
  t: Messages,
): string {
  if (errorCode === 'repository_no_such_branch') return t.audit.noSuchBranch(branch);
  return jobErrorText(errorCode ?? 'internal', t);
}

/** The text of a job's error: jobs have a few codes besides those of the API. */
export function jobErrorText(code: string, t: Messages): string {
  return textOf(t.audit.jobErrors, code) ?? problemText(t, code);
}
