import type { Tx } from '@/lib/db/client';

/**
 * What asks for audits of a project goes one after the other. Rows that refer to the project may be written meanwhile:
 * deliveries of its host are taken while one of them is looked into.
 */
export async function lockProjectRow(tx: Tx, projectId: string): Promise<void> {
  await tx.$queryRaw`select id from projects where id = ${projectId}::uuid for no key update`;
}
