import type { Tx } from '@/lib/db/client';
import type { RECIPIENT_STATES } from '@/lib/schemas/channels';

type RecipientState = (typeof RECIPIENT_STATES)[number];

export interface RecipientRow {
  email: string;
  askedUntil: Date;
  confirmedAt: Date | null;
  stoppedAt: Date | null;
}

/** Whether somebody who reads this address is in the team, or said that they want the messages. */
export function stateOf(row: RecipientRow, members: ReadonlySet<string>, now = new Date()): RecipientState {
  if (row.stoppedAt) return 'stopped';
  if (members.has(row.email)) return 'member';
  if (row.confirmedAt) return 'confirmed';
  return row.askedUntil > now ? 'asked' : 'expired';
}

/** Addresses of those in the team now: who was removed gets nothing any more. */
export async function memberEmails(
  tx: Pick<Tx, 'user'>,
  teamId: string,
  among: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await tx.user.findMany({
    where: { email: { in: [...among] }, serviceTeamId: null, memberships: { some: { teamId } } },
    select: { email: true },
  });
  return new Set(rows.map(({ email }) => email));
}

/** To whom a message of the channel goes: addresses of e-mail, else one null. */
export async function receiversOf(
  tx: Pick<Tx, 'user'>,
  channel: { kind: string; teamId: string; recipients: readonly RecipientRow[] },
): Promise<(string | null)[]> {
  if (channel.kind !== 'email') return [null];
  const emails = channel.recipients.map(({ email }) => email);
  const members = await memberEmails(tx, channel.teamId, emails);
  return channel.recipients
    .filter((row) => ['member', 'confirmed'].includes(stateOf(row, members)))
    .map(({ email }) => email);
}
