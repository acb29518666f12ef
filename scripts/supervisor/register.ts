import { actAsSystem } from '@/lib/auth/tenants';
import { closeDb } from '@/lib/db/client';
import { isAppError } from '@/lib/errors';
import { messagesIn } from '@/lib/i18n/messages';
import { problemText } from '@/lib/i18n/problem-text';
import { closePublisher } from '@/lib/realtime/publish';
import { registerAtStart } from '@/lib/services/register-at-start';
import { answer } from './errand';

export interface Registered {
  /** Null until the first owner signs up. */
  projectId: string | null;
}

actAsSystem();
await answer<Registered>(async () => {
  try {
    return { projectId: await registerAtStart(process.argv[2] ?? '') };
  } catch (error) {
    // Git's own words are many lines; the code has a sentence.
    if (isAppError(error)) throw new Error(problemText(messagesIn('en'), error.code), { cause: error });
    throw error;
  } finally {
    await closePublisher();
    await closeDb();
  }
});
