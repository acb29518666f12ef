import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { messagesIn } from '@/lib/i18n/messages';
import { closePublisher } from '@/lib/realtime/publish';
import type { ChannelRequest } from '@/lib/schemas/channels';
import { createAudit } from '@/lib/services/audit-creation';
import { endAudit } from '@/lib/services/audit-end';
import { loadAuditPolicy } from '@/lib/services/configuration-layers';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { type HookServer, startHookServer } from '@/tests/support/hook-server';
import { deliver, findingsOf, inMinutes, type NotifiedTeam, notifiedTeam } from '@/tests/support/notified-team';
import { runSql } from '@/tests/support/postgres';
import { changeChannel, getChannel } from './channels';
import { forgetOldMessages } from './gather';
import { notifyAccessLost } from './record-notices';

const words = messagesIn('en').notifications.message;

let hooks: HookServer;
let database: TestDatabase;
let team: NotifiedTeam;
let number = 0;

beforeAll(async () => {
  hooks = await startHookServer();
  process.env.ALLOWED_HOSTS = hooks.host;
  database = await testDatabase();
});

beforeEach(async () => {
  await db().team.deleteMany();
  await db().outboxJob.deleteMany();
  team = await notifiedTeam();
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
  await hooks[Symbol.asyncDispose]();
});

async function add(parts: Partial<ChannelRequest> = {}) {
  const path = `/hook/${++number}`;
  const { channelId } = await team.addChannel({ kind: 'webhook', name: 'Ours', address: hooks.url + path, ...parts });
  return {
    channelId,
    /** Of each message: its title. */
    titles: () => hooks.at(path).map(({ body }) => body.data.title as string),
    /** Of each message: the kinds of what happened. */
    told: () => hooks.at(path).map(({ body }) => body.data.events.map(({ type }: { type: string }) => type)),
    last: () => hooks.at(path).at(-1)?.body.data,
    change: async (change: Parameters<typeof changeChannel>[3]) =>
      changeChannel(await team.admin.ask(), team.teamId, channelId, change),
  };
}

describe('what is told', () => {
  test('a gate that turns, either way, and not one that stays', async () => {
    const { titles } = await add({ events: ['gate_turned'] });
    for (const colour of ['green', 'red', 'red', 'green', 'green'] as const) await team.turn(colour);
    await deliver();

    expect(titles()).toEqual([words.joined('2')]);
  });

  test('one that stays red, too, where a channel wants to hear of it', async () => {
    const { told, titles } = await add({ events: ['gate_turned'], isOnlyOnChange: false });
    await team.turn('red');
    await deliver();
    await team.turn('red');
    await deliver();

    expect(told()).toEqual([['gate_turned'], ['gate_turned']]);
    expect(titles()).toEqual([words.gateFailed('checkout-api'), words.gateStill('checkout-api')]);
  });

  test('new findings of the least severity, of the magics and the projects that were chosen', async () => {
    const critical = await add({ events: ['new_findings'] });
    const medium = await add({ events: ['new_findings'], minSeverity: 'medium' });
    const tdd = await add({ events: ['new_findings'], minSeverity: 'info', magics: ['tdd'] });
    const { id: otherId } = await db().project.create({
      data: { teamId: team.teamId, name: 'Other', repositoryUrl: '/other', canonicalKey: 'other', branch: 'main' },
    });
    const other = await add({ events: ['new_findings'], minSeverity: 'info', projectIds: [otherId] });
    await team.audit([]);
    await team.audit(findingsOf('medium', 'one'));
    await team.audit([...findingsOf('medium', 'one'), ...findingsOf('critical', 'two')]);
    await deliver();

    expect(critical.titles()).toEqual([words.newFindings('checkout-api', '1')]);
    expect(critical.last().events[0].data.top.map(({ path }: { path: string }) => path)).toEqual(['src/two.ts']);
    expect(medium.told()).toEqual([['new_findings', 'new_findings']]);
    expect([tdd.told(), other.told()]).toEqual([[], []]);
  });

  test('a rate of findings that exceeds the limit, once', async () => {
    const { titles } = await add({ events: ['violation_rate'], violationLimit: 20 });
    const auditWith = async (count: number) => {
      const names = Array.from({ length: count }, (_, index) => `f${index}`);
      const outcome = team.audit(findingsOf('low', ...names));
      return outcome;
    };
    // What the collectors count, as every audit does before it is settled.
    await runSql(
      database.ownerUrl,
      `create or replace function count_lines() returns trigger language plpgsql as
      $$ begin new.stats = '{"codeLines": 100}'::jsonb; return new; end $$`,
    );
    await runSql(
      database.ownerUrl,
      `create trigger count_lines before insert on audits for each row execute function count_lines()`,
    );
    await auditWith(1);
    await auditWith(3);
    await auditWith(4);
    await deliver();
    await runSql(database.ownerUrl, `drop trigger count_lines on audits`);

    expect(titles()).toEqual([words.rate('checkout-api', '30')]);
  });

  test('files that enter the list of those likely to hurt', async () => {
    const { titles, last } = await add({ events: ['prediction'] });
    const risk = (path: string) => ({ path, risk: 0.9, reasons: [], action: { id: 'split', data: {} } });
    const predict = async (paths: string[]) => {
      const risks = JSON.stringify(paths.map(risk));
      await runSql(
        database.ownerUrl,
        `create or replace function predict() returns trigger language plpgsql as
        $$ begin new.top_risks = '${risks}'::jsonb; return new; end $$`,
      );
      await runSql(
        database.ownerUrl,
        `create or replace trigger predict before insert on audits for each row execute function predict()`,
      );
      await team.audit([], { magic: 'predictive' });
    };
    await predict(['src/a.ts']);
    await predict(['src/a.ts']);
    await predict(['src/a.ts', 'src/b.ts']);
    await deliver();
    await runSql(database.ownerUrl, `drop trigger predict on audits`);

    expect(titles()).toEqual([words.prediction('checkout-api')]);
    expect(last().events[0].data.entered).toEqual(['src/b.ts']);
  });

  test('an audit that failed, and the next only when one went well between', async () => {
    const { titles, last } = await add({ events: ['audit_failed'] });
    const fail = () =>
      db().$transaction(async (tx) => {
        const { projectId, teamId } = team;
        const policy = await loadAuditPolicy(tx, projectId);
        const { id } = await createAudit(tx, teamId, {
          ...policy,
          projectId,
          branch: 'main',
          kind: 'full',
          trigger: 'manual',
          magics: ['integrity'],
          priority: 'normal',
          requestedById: null,
        });
        await endAudit(
          tx,
          { auditId: id, attempt: 1, projectId },
          { status: 'failed', errorCode: 'repository_timeout' },
        );
      });
    await fail();
    await fail();
    await deliver();

    expect(titles()).toEqual([words.auditFailed('checkout-api', '1')]);
    expect(last().events[0].data).toMatchObject({ errorCode: 'repository_timeout', before: null });
  });

  test('access to a Git host that is lost, once', async () => {
    const { titles } = await add({ events: ['access_lost'] });
    const { teamId } = team;
    const connection = await db().connection.create({
      data: { teamId, provider: 'github', name: 'Bot', baseUrl: 'https://github.com', kind: 'token', secret: 'sealed' },
    });
    const other = await notifiedTeam();
    const lose = (of: string) =>
      db().$transaction((tx) => notifyAccessLost(tx, { teamId: of, connectionId: connection.id }));
    await lose(teamId);
    await lose(teamId);
    await lose(other.teamId);
    await deliver();

    expect(titles()).toEqual([words.accessLost('Bot')]);
  });

  test('nothing of other branches, of the past, nor of a run that changes nothing', async () => {
    const { told } = await add({ events: ['gate_turned', 'new_findings'], minSeverity: 'info', isOnlyOnChange: false });
    const red = findingsOf('critical', 'pay');
    await team.audit(red, { score: 30, commitId: 'd'.repeat(40) });
    await deliver();
    expect(told()).toHaveLength(1);

    await team.audit(red, { score: 30, commitId: 'd'.repeat(40) });
    await team.audit([], { score: 20, branch: 'topic' });
    await runSql(
      database.ownerUrl,
      `create or replace function make_past() returns trigger language plpgsql as
      $$ begin new.as_of = '2025-01-06'; return new; end $$`,
    );
    await runSql(
      database.ownerUrl,
      `create trigger make_past before insert on audits for each row execute function make_past()`,
    );
    await team.audit(findingsOf('critical', 'old'), { score: 10 });
    await runSql(database.ownerUrl, `drop trigger make_past on audits`);
    await deliver();

    expect(told()).toHaveLength(1);
  });

  test('nothing to a channel that is off or muted, nor what happened meanwhile', async () => {
    const off = await add({ isEnabled: false });
    const muted = await add({ mutedUntil: inMinutes(60).toISOString() });
    const later = await add({ frequency: 'normal' });
    await team.turn('red');
    await later.change({ mutedUntil: inMinutes(60).toISOString() });
    await deliver(inMinutes(10));
    await muted.change({ mutedUntil: null });
    await off.change({ isEnabled: true });
    await later.change({ mutedUntil: null });
    await deliver(inMinutes(20));
    expect([off.told(), muted.told(), later.told()]).toEqual([[], [], []]);

    await team.turn('green');
    await deliver(inMinutes(30));
    expect([off.told(), muted.told(), later.told()].map(({ length }) => length)).toEqual([1, 1, 1]);
  });
});

describe('when it is told', () => {
  test('at once, joined for five minutes, or once a day on clocks of the zone', async () => {
    const [high, normal] = [await add(), await add({ frequency: 'normal' })];
    const low = await add({ frequency: 'low', dailyAt: '09:00', timeZone: 'Asia/Tokyo' });
    await team.turn('red');
    await deliver();
    await team.turn('green');
    await deliver(inMinutes(4));
    expect([high.told().length, normal.told().length]).toEqual([2, 0]);

    await deliver(inMinutes(6));
    expect(normal.told()).toEqual([['gate_turned', 'gate_turned']]);
    expect(low.told()).toEqual([]);
    const [item] = await db().channelItem.findMany({ where: { channelId: low.channelId } });
    expect(item?.dueAt.toISOString()).toMatch(/T00:00:00\.000Z$/);
    await deliver(new Date(item?.dueAt ?? 0));
    expect(low.told()).toEqual([['gate_turned', 'gate_turned']]);
  });

  test('after quiet hours, as one', async () => {
    const zone = 'Asia/Tokyo';
    const { told } = await add({ quietHours: { from: '22:00', to: '07:00' }, timeZone: zone });
    await team.turn('red');
    await team.turn('green');
    const day = new Date(Date.now() + 24 * 3600_000).toISOString().slice(0, 10);
    // 6:59 and 7:00 in Tokyo.
    await deliver(new Date(`${day}T21:59:00Z`));
    expect(told()).toEqual([]);
    await deliver(new Date(`${day}T22:00:00Z`));

    expect(told()).toEqual([['gate_turned', 'gate_turned']]);
  });

  test('so often an hour at most, and the rest in one message that says how many', async () => {
    const { told, titles, channelId } = await add({ mostAnHour: 2, kind: 'webhook' });
    const start = Date.now();
    for (let round = 0; round < 6; round += 1) {
      await team.turn(round % 2 === 0 ? 'red' : 'green');
      await deliver(inMinutes(round + 1, start));
    }
    expect(told()).toHaveLength(2);
    expect(await getChannel(await team.admin.ask(), team.teamId, channelId)).toMatchObject({ waiting: 4 });

    await deliver(inMinutes(63, start));
    expect(told()[2]).toHaveLength(4);
    expect(titles()[2]).toBe(words.joined('4'));
    const [delivery] = await db().channelDelivery.findMany({ where: { channelId }, orderBy: { id: 'desc' }, take: 1 });
    expect(delivery?.content).toMatchObject({ message: { notes: [words.held('4', '2'), expect.any(String)] } });
  });

  test('the week, on its day and hour in the zone of the channel, once', async () => {
    const { told, last } = await add({
      events: ['weekly_digest'],
      weekly: { weekday: 3, at: '08:30' },
      timeZone: 'Asia/Tokyo',
      language: 'ja',
    });
    await team.audit(findingsOf('low', 'a'), { score: 90 });
    // Days of the week that Tuesday 23:30 in UTC is Wednesday 8:30 in Tokyo.
    const now = new Date();
    const days = (2 - now.getUTCDay() + 7) % 7 || 7;
    const turn = Date.parse(`${new Date(now.getTime() + days * 24 * 3600_000).toISOString().slice(0, 10)}T23:30:00Z`);
    await deliver(new Date(turn - 60_000));
    expect(told()).toEqual([]);
    await deliver(new Date(turn));
    await deliver(new Date(turn + 60_000));

    expect(told()).toEqual([['weekly_digest']]);
    expect(last().title).toBe(messagesIn('ja').notifications.message.weekly('Team'));
    expect(last().events[0].data.projects).toMatchObject([{ name: 'checkout-api', health: 90 }]);
  });
});

test('two workers make one message of what is due', async () => {
  const { told } = await add();
  await team.turn('red');
  const counts = await Promise.all([deliver(), deliver()].map((made) => made.catch(() => 0)));
  await deliver();

  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1);
  expect(told()).toHaveLength(1);
});

test('what is told long ago is forgotten', async () => {
  await add();
  await team.turn('red');
  await deliver();

  expect(await forgetOldMessages(inMinutes(29 * 24 * 60))).toBe(0);
  expect(await forgetOldMessages(inMinutes(31 * 24 * 60))).toBe(1);
  expect([await db().notice.count(), await db().channelItem.count()]).toEqual([0, 0]);
});
