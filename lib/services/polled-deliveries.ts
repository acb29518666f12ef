import { randomUUID } from 'node:crypto';
import { db } from '@/lib/db/client';
import type { DeliveredChange } from '@/lib/git/providers/provider';
import { enqueue } from '@/lib/queues/enqueue';
import { packDelivery } from './delivery-payload';
import { hostOfAddress } from './host-of-address';

interface PolledChange {
  /** The same for the same change, so that it is delivered once. */
  deliveryId: string;
  /** The branch that it pushes to; null of a pull request. */
  branch: string | null;
  change: DeliveredChange;
  /** What people may look at. */
  payload: unknown;
}

/** Makes a delivery of what the host told when it was asked. False when there is one already. */
export async function deliverPolled(
  project: { id: string; provider: string | null; repositoryUrl: string },
  { deliveryId, branch, change, payload: shown }: PolledChange,
): Promise<boolean> {
  const none = { installationId: null, sender: null, repository: null };
  const told = { id: deliveryId, event: 'poll', action: null, ...none, changes: [change] };
  const payload = await packDelivery({ ...told, payload: shown }, 0);
  const provider = project.provider ?? hostOfAddress(project.repositoryUrl) ?? 'git';
  return db().$transaction(async (tx) => {
    const id = randomUUID();
    const row = { id, projectId: project.id, provider, deliveryId, event: 'poll', branch, source: 'poll', payload };
    const { count } = await tx.webhookDelivery.createMany({ data: [row], skipDuplicates: true });
    if (count > 0) await enqueue(tx, 'webhook.process', { deliveryId: id }, { jobId: `webhook.${id}` });
    return count > 0;
  });
}
