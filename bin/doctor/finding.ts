import type { INSTANCE_TEXTS } from '@/lib/i18n/cli-instance';

type Texts = (typeof INSTANCE_TEXTS)['en']['doctor'];

export type CheckId = keyof Texts['checks'];
export type FindingStatus = keyof Texts['status'];

/** What was found about one thing. Never holds a secret. */
export interface Finding {
  check: CheckId;
  status: FindingStatus;
  says: keyof Texts['says'];
  values: Readonly<Record<string, string | number>>;
}

type Values = Finding['values'];

export const ok = (check: CheckId, what: string | number = ''): Finding => ({
  check,
  status: 'ok',
  says: 'fine',
  values: { what },
});

export const warning = (check: CheckId, says: Finding['says'], values: Values = {}): Finding => ({
  check,
  status: 'warning',
  says,
  values,
});

export const failed = (check: CheckId, says: Finding['says'], values: Values = {}): Finding => ({
  check,
  status: 'failed',
  says,
  values,
});

export const notChecked = (check: CheckId, says: Finding['says'], values: Values = {}): Finding => ({
  check,
  status: 'not_checked',
  says,
  values,
});
