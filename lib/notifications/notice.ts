import type { GateReason } from '@/lib/schemas/audits';
import type { NoticeKind } from '@/lib/schemas/channel-kinds';
import type { Counts } from '@/lib/schemas/common';
import type { TopRisk } from '@/lib/schemas/projects';

interface OfAudit {
  number: number;
  branch: string;
  commitId: string | null;
}

/** What each kind of notice says, as it is stored. */
export interface NoticeData {
  gate_turned: OfAudit & {
    gate: 'passed' | 'warning' | 'failed';
    /** null: of none before. */
    before: 'passed' | 'warning' | 'failed' | null;
    reason: GateReason | null;
    health: number | null;
    healthBefore: number | null;
  };
  new_findings: OfAudit & {
    /** By magic. */
    counts: Readonly<Record<string, Counts>>;
    /** The gravest ones. */
    top: readonly { ruleId: string; magic: string; severity: string; path: string | null; line: number | null }[];
  };
  /** Open findings per 1,000 lines of code. */
  violation_rate: OfAudit & { rate: number; before: number | null };
  prediction: OfAudit & {
    /** Most likely to cause trouble next. */
    files: readonly TopRisk[];
    /** Of them, those that were not there before. */
    entered: readonly string[];
    /** Until the health falls under `threshold`, at its present pace; null when it does not. */
    days: number | null;
    daysBefore: number | null;
    threshold: number | null;
  };
  audit_failed: OfAudit & { errorCode: string; before: string | null };
  access_lost: { connectionId: string; connectionName: string; account: string | null; projects: number };
}

/** What a channel decides by whether it wants to be told. */
export type NoticeFact = {
  [Kind in NoticeKind]: { kind: Kind; data: NoticeData[Kind]; projectId: string | null };
}[NoticeKind];

export type Notice = {
  [Kind in NoticeKind]: {
    kind: Kind;
    data: NoticeData[Kind];
    at: string;
    auditId: string | null;
    project: { id: string; name: string } | null;
  };
}[NoticeKind];
