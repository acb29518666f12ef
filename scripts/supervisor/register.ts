import { closeDb } from '@/lib/db/client';
import { registerAtStart } from '@/lib/services/register-at-start';
import { answer } from './errand';

export interface Registered {
  /** Null until the first owner signs up. */
  projectId: string | null;
}

await answer<Registered>(async () => {
  try {
    return { projectId: await registerAtStart(process.argv[2] ?? '') };
  } finally {
    await closeDb();
  }
});
