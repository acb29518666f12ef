import type { Messages } from '@/lib/i18n/messages';
import { textOf } from '@/lib/i18n/text-of';

export function kindName(kind: string, t: Messages): string {
  return textOf(t.operations.kinds, kind) ?? kind;
}
