import { createTurns, createTurnsByKey } from './turns';

/** Of each team, so that slow senders of one hold up none of another; and in all, for what they hold in memory. */
const takeTeamTurn = createTurnsByKey({ atOnce: 2, waiting: 20 });
const takeAnyTurn = createTurns({ atOnce: 24, waiting: 200 });

/**
 * For whoever reads what is sent and works with it. Those that wait hold nothing; who reads holds up nobody who has
 * read: what takes the machine's time has a turn of its own within.
 */
export function takeUploadTurn<Value>(teamId: string, run: () => Promise<Value>): Promise<Value> {
  return takeTeamTurn(teamId, () => takeAnyTurn(teamId, run));
}
