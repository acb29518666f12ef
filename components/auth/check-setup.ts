import { isSeen } from '@/lib/magics/hidden-text';

export interface SetupDraft {
  email: string;
  name: string;
  teamName: string;
  password: string;
  again: string;
}

export type SetupFault = 'email' | 'name' | 'teamName' | 'short' | 'long' | 'hidden' | 'different';

/** Loose: the server knows better. */
export const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
export const LEAST_PASSWORD = 8;
const LONGEST_NAME = 120;

/** What is wrong with each field; nothing for those that are right. */
export function checkSetup(draft: SetupDraft): Partial<Record<keyof SetupDraft, SetupFault>> {
  const faults: Partial<Record<keyof SetupDraft, SetupFault>> = {};
  if (!EMAIL.test(draft.email.trim())) faults.email = 'email';
  for (const field of ['name', 'teamName'] as const) {
    const { length } = draft[field].trim();
    if (length === 0) faults[field] = field;
    else if (length > LONGEST_NAME) faults[field] = 'long';
    else if (!isSeen(draft[field])) faults[field] = 'hidden';
  }
  if (draft.password.length < LEAST_PASSWORD) faults.password = 'short';
  else if (draft.again !== draft.password) faults.again = 'different';
  return faults;
}
