import { db } from '@/lib/db/client';
import type { DeliveredChange } from '@/lib/git/providers/provider';

type InstallationChange = Extract<DeliveredChange, { kind: 'installation' }>['change'];

/** What the host says of an installation shows in its connection. */
export async function followInstallation(
  appId: string,
  installationId: string,
  change: InstallationChange,
): Promise<void> {
  const values = STATES[change];
  if (values) await db().connection.updateMany({ where: { appId, installationId }, data: values });
}

const STATES: Partial<Record<InstallationChange, { status: string; problem: string | null }>> = {
  suspended: { status: 'suspended', problem: 'provider_suspended' },
  unsuspended: { status: 'connected', problem: null },
  deleted: { status: 'reconnect', problem: 'provider_not_found' },
};
