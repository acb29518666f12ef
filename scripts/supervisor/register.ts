import { closeDb } from '@/lib/db/client';
import { registerAtStart } from '@/lib/services/bootstrap';
import { answer } from './errand';

export interface Registered {
  projectId: string;
}

await answer<Registered>(async () => {
  try {
    return { projectId: await registerAtStart(process.argv[2] ?? '') };
  } finally {
    await closeDb();
  }
});
