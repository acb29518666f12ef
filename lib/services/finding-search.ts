import { query } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import { wordsOf } from '@/lib/i18n/fill';
import { magics } from '@/lib/magics/registry';
import type { Text } from '@/lib/magics/types';
import { escapeLike } from './like';

const containing = (part: string) => ({ contains: escapeLike(part), mode: 'insensitive' as const });

/** A condition for what a reader may have read on screen: paths, rules, and messages with the values in them. */
export async function whereFound(
  projectIds: readonly string[],
  part: string,
  isInbox = false,
): Promise<Prisma.FindingWhereInput> {
  const keys = await keysHolding(projectIds, part, isInbox);
  return {
    OR: [
      ...['path', 'ruleId', 'evidence', 'message'].map((field) => ({ [field]: containing(part) })),
      ...whereRulesSay(part),
      ...keys.map((key) => ({
        data: { path: [key], string_contains: escapeLike(part), mode: 'insensitive' as const },
      })),
    ],
  };
}

/** Findings store no prose: what rules say is looked up here, in every language they speak. */
function whereRulesSay(part: string): Prisma.FindingWhereInput[] {
  const says = (text: Text) => Object.values(text).some((each) => wordsOf(each).some((words) => holds(words, part)));
  const ruleIds: string[] = [];
  const messages: Prisma.FindingWhereInput[] = [];
  for (const rule of magics.flatMap((magic) => magic.rules)) {
    const said = Object.entries(rule.messages).flatMap(([id, text]) => (says(text) ? [id] : []));
    if (says(rule.title)) ruleIds.push(rule.id);
    else if (said.length > 0) messages.push({ ruleId: rule.id, messageId: { in: said } });
  }
  return ruleIds.length > 0 ? [{ ruleId: { in: ruleIds } }, ...messages] : messages;
}

/** Is the part in the text, whatever its case? */
export function holds(text: string | null, part: string): boolean {
  return text?.toLowerCase().includes(part.toLowerCase()) ?? false;
}

/** Names under which findings of the projects keep such a value; in an inbox of those alone that may wait there. */
async function keysHolding(projectIds: readonly string[], part: string, isInbox: boolean): Promise<string[]> {
  const rows = await query<{ key: string }>`
    select distinct kept.key
    from findings, jsonb_each_text(data) as kept
    where project_id = any(${projectIds}::uuid[])
      and (not ${isInbox}::bool or state in ('new', 'reopened') or assignee_id is not null or verdict_until is not null)
      and kept.value ilike ${`%${escapeLike(part)}%`}
    order by kept.key`;
  return rows.map(({ key }) => key);
}
