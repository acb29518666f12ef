import type { paths } from '@/integrations/client/api-types';
import { CLI_TEXTS } from '@/lib/i18n/cli';
import { gateWords } from '@/lib/i18n/gate-words';
import { messagesIn } from '@/lib/i18n/messages';
import { problemText } from '@/lib/i18n/problem-text';
import type { Language } from '@/lib/magics/types';
import { plain } from '@/lib/reports/terminal';
import type { AuditSummary } from '@/lib/schemas/audits';

export type Audit = paths['/api/v1/audits/{auditId}']['get']['responses'][200]['content']['application/json'];
type Judged = Pick<Audit, 'status' | 'gate' | 'gateReason' | 'errorCode'>;

export const EXIT = { passed: 0, gateFailed: 1, wrong: 2 } as const;

/** The verdict in a sentence, and what a command ends with. What is missing never passes. */
export function judgeEnd(audit: Judged, language: Language): { sentence: string; code: number } {
  const t = CLI_TEXTS[language].remote;
  const { status, gate, errorCode } = audit;
  if (status === 'cancelled') return { sentence: t.notCompleted.cancelled, code: EXIT.wrong };
  if (status === 'failed') {
    const why = problemText(messagesIn(language), errorCode ?? 'internal');
    return { sentence: t.notCompleted.failed(why), code: EXIT.wrong };
  }
  if (gate === null) return { sentence: t.gate.none, code: EXIT.gateFailed };
  // The shapes are the same; only the generated type leaves open what it does not name.
  const why = plain(gateWords(audit as Pick<AuditSummary, 'gateReason'>, messagesIn(language)));
  if (gate === 'failed') return { sentence: t.gate.failed(why), code: EXIT.gateFailed };
  if (status === 'partial') return { sentence: t.gate.partial(why), code: EXIT.gateFailed };
  return { sentence: t.gate[gate](why), code: EXIT.passed };
}
