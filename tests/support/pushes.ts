import { app } from '@/lib/api/app';
import { db } from '@/lib/db/client';
import { github, type PushParts, sentBy } from './providers/deliveries';

export interface Answered {
  status: number;
  tookMs: number;
}

type Prepared = ReturnType<typeof sentBy>;

/** A push as GitHub sends it to the webhook of a project; sent twice it is the same delivery. */
export function preparePush(secret: string, parts: PushParts): Prepared {
  return sentBy('github', github.push(parts), { secret });
}

/** Sends it to the API, and measures the answer. */
export async function sendPush(projectId: string, { headers, body }: Prepared): Promise<Answered> {
  const request = new Request(`http://localhost/api/v1/webhooks/github/${projectId}`, {
    method: 'POST',
    headers: { ...headers, 'content-length': String(body.length) },
    body: Buffer.from(body),
  });
  const startedAt = performance.now();
  const { status } = await app.fetch(request, { clientAddress: '203.0.113.9' });
  return { status, tookMs: performance.now() - startedAt };
}

/** Sends all of them, so many at once; answers in the same order. */
export async function sendPushes(projectId: string, pushes: readonly Prepared[], atOnce: number): Promise<Answered[]> {
  const answers: Answered[] = [];
  for (let at = 0; at < pushes.length; at += atOnce) {
    const some = pushes.slice(at, at + atOnce);
    answers.push(...(await Promise.all(some.map((push) => sendPush(projectId, push)))));
  }
  return answers;
}

/** Whether all deliveries were looked into and no audit is under way. */
export async function isSettled(projectId: string): Promise<boolean> {
  const left = await db().webhookDelivery.count({ where: { projectId, status: 'received' } });
  const active = await db().audit.count({ where: { projectId, status: { in: ['queued', 'running'] } } });
  return left === 0 && active === 0;
}

/** Of a commit that no repository holds. */
export function madeUpCommit(number: number): string {
  return number.toString(16).padStart(40, '0');
}
