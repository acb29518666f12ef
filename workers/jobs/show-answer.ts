import { noteUntold } from '@/lib/services/commit-answers';
import { showAnswer } from '@/lib/services/show-answer';
import type { LoneJob } from '../job-handler';

/** Tells the Git host how an audit stands. Twice run, it finds the host told. */
export const showAnswerJob: LoneJob<'answer.show'> = {
  run: ({ auditId }, { log }) => showAnswer(auditId, log),
  giveUp: async (tx, { auditId }, { errorCode }) => {
    await noteUntold(tx, auditId, errorCode);
    return null;
  },
};
