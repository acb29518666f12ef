import { setImmediate as turn } from 'node:timers/promises';
import { toJudged } from '@/lib/services/magic-rows';
import { giveUpRecheck, openRecheck, saveRecheck } from '@/lib/services/rechecks';
import type { LoneJob } from '../job-handler';
import { judgeMagic } from '../judge-magic';

/** Judges an audit that was drawn once more, from the facts it left. Twice run, it finds the row ended. */
export const recheckResult: LoneJob<'result.recheck'> = {
  run: async ({ auditId }, { signal, log }) => {
    const recheck = await openRecheck(auditId);
    if (!recheck) return log.info('nothing to judge again');
    const again = [];
    for (const magic of recheck.magics) {
      // Jobs of audits in this process go on in between.
      await turn();
      signal.throwIfAborted();
      again.push(toJudged(judgeMagic(magic, recheck.facts, recheck.audit.policy, recheck.team)));
    }
    await saveRecheck(recheck, again, log);
  },
  giveUp: async (tx, { auditId }, { errorCode }) => {
    await giveUpRecheck(tx, auditId, errorCode);
    return null;
  },
};
