import { env } from '@/lib/env';
import { messagesIn } from '@/lib/i18n/messages';
import { LANGUAGES, type Language } from '@/lib/magics/types';
import type { Section } from '@/lib/notifications/message';
import type { Notice } from '@/lib/notifications/notice';
import { writeMessage } from '@/lib/notifications/write-message';
import type { ChannelEvent } from '@/lib/schemas/channel-kinds';
import { DEFAULT_SETTINGS } from '@/lib/schemas/channels';

export type Previews = Record<Language, Partial<Record<ChannelEvent, Section>>>;

const AT = '2026-01-01T09:00:00.000Z';
const PLACE = { number: 42, branch: 'main', commitId: 'a1b2c3d4e5' };
const COUNTS = { critical: 1, high: 1, medium: 0, low: 0, info: 0 };

/** What each event looks like in each language, with made-up values. */
export function messagePreviews(teamId: string): Previews {
  return Object.fromEntries(LANGUAGES.map((language) => [language, previewsIn(language, teamId)])) as Previews;
}

function previewsIn(language: Language, teamId: string): Previews[Language] {
  const t = messagesIn(language);
  const name = t.notifications.preview.project;
  const project = { id: '00000000-0000-7000-8000-000000000000', name };
  const settings = { ...DEFAULT_SETTINGS, language, minSeverity: 'info' as const };
  const writing = { settings, teamId, publicUrl: env().PUBLIC_URL };
  const sections = examples().map((notice) => {
    const [section] = writeMessage([{ ...notice, at: AT, auditId: null, project } as Notice], writing).sections;
    return [notice.kind, section] as const;
  });
  const words = t.notifications.message;
  const gate = words.weeklyGate.passed;
  const week: Section = {
    tone: 'good',
    title: words.weekly(t.common.product),
    lines: [`${name}: ${[words.healthChanged('84', '+3'), gate, words.weeklyFound('4', '7')].join(t.common.comma)}`],
    link: { label: words.team, url: `${env().PUBLIC_URL}/teams/${teamId}` },
  };
  return { ...Object.fromEntries(sections), weekly_digest: week };
}

function examples(): Pick<Notice, 'kind' | 'data'>[] {
  const reason = { id: 'new-findings', data: { count: 1, limit: 0, severity: 'critical' } };
  const risk = (path: string) => ({ path, risk: 0.9, reasons: [], action: { id: 'split', data: {} } });
  return [
    {
      kind: 'gate_turned',
      data: { ...PLACE, gate: 'failed', before: 'passed', reason, health: 72, healthBefore: 84 },
    },
    {
      kind: 'new_findings',
      data: {
        ...PLACE,
        counts: { integrity: COUNTS },
        top: [
          { ruleId: 'strict/no-secret', magic: 'integrity', severity: 'critical', path: 'src/config.ts', line: 12 },
          { ruleId: 'integrity/no-unfinished-code', magic: 'integrity', severity: 'high', path: 'src/pay.ts', line: 7 },
        ],
      },
    },
    { kind: 'violation_rate', data: { ...PLACE, rate: 61.5, before: 48.2 } },
    {
      kind: 'prediction',
      data: {
        ...PLACE,
        files: [risk('src/billing/invoice.ts'), risk('src/orders/state.ts')],
        entered: ['src/billing/invoice.ts'],
        days: null,
        daysBefore: null,
        threshold: null,
      },
    },
    { kind: 'audit_failed', data: { ...PLACE, errorCode: 'repository_timeout', before: 'completed' } },
    { kind: 'access_lost', data: { connectionId: '', connectionName: 'GitHub', account: null, projects: 3 } },
  ];
}
