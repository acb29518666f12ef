import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { closePublisher } from '@/lib/realtime/publish';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam, type TestTeam } from '@/tests/support/factories';
import { MARKER_RULE, magicResult, markerFinding, runJudgedAudit } from '@/tests/support/judged-audits';
import { loadTeamView, pinVerdicts } from './finding-verdicts';
import { triageFinding, triageFindings } from './triage';

const ACCEPTED = { verdict: 'accepted', reason: 'agreed' } as const;
const DAY_MS = 86_400_000;
const dayIn = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

test('an audit has the verdicts that were in force when its commit was pinned', async () => {
  const { team, projectId, ids } = await found(['early', 'late', 'over', 'last-day']);
  const ctx = team.as('member');
  await triageFinding(ctx, ids.early ?? '', ACCEPTED);
  await triageFinding(ctx, ids.over ?? '', { ...ACCEPTED, until: dayIn(-1) });
  await triageFinding(ctx, ids['last-day'] ?? '', { ...ACCEPTED, until: dayIn(0) });

  const pinned = await pin(projectId);
  await triageFinding(ctx, ids.early ?? '', { verdict: null });
  await triageFinding(ctx, ids.late ?? '', ACCEPTED);
  const [first, second] = [await viewOf(projectId, pinned), await viewOf(projectId, await pin(projectId))];

  const namesOf = (view: typeof first) => [...view.verdicts.keys()].map((print) => print.replace(/0+$/, '')).sort();
  expect(namesOf(first)).toEqual(['early', 'last-day']);
  expect(namesOf(second)).toEqual(['last-day', 'late']);
  expect(first.verdicts.get('early'.padEnd(64, '0'))).toEqual({ source: 'team', ...ACCEPTED, expires: null });
});

test('the hash says what was said, and nothing where nothing was', async () => {
  const { team, projectId, ids } = await found(['a']);
  const hashes = [(await pin(projectId)).verdictsHash];
  for (const change of [ACCEPTED, { ...ACCEPTED, reason: 'other' }, ACCEPTED, { verdict: null }] as const) {
    await triageFinding(team.as('member'), ids.a ?? '', change);
    hashes.push((await pin(projectId)).verdictsHash);
  }

  expect(hashes).toEqual([null, expect.any(String), expect.any(String), hashes[1], null]);
  expect(hashes[2]).not.toBe(hashes[1]);
});

test('a rule that is wrong too often is demoted for all projects of the team', async () => {
  const names = Array.from({ length: 20 }, (_, at) => `f${at}x`);
  const { team, ids } = await found(names);
  const ctx = team.as('member');
  const of = (from: number, to: number) => names.slice(from, to).flatMap((name) => ids[name] ?? []);
  const other = await createProject(team);
  await triageFindings(ctx, { findingIds: of(0, 7), verdict: 'false_positive', reason: 'no' });
  const before = (await pin(other)).demotedRules;
  await triageFindings(ctx, { findingIds: of(7, 20), ...ACCEPTED });

  const pinned = await pin(other);

  expect([before, pinned.demotedRules]).toEqual([[], [MARKER_RULE]]);
  expect(pinned.verdictsHash).toEqual(expect.any(String));
  expect(await viewOf(other, pinned)).toMatchObject({ demotedRules: [MARKER_RULE] });
  const stranger = await createProject(await createTeam());
  expect((await pin(stranger)).demotedRules).toEqual([]);
});

function pin(projectId: string) {
  return db().$transaction((tx) => pinVerdicts(tx, projectId, []));
}

function viewOf(projectId: string, pinned: Awaited<ReturnType<typeof pin>>) {
  return loadTeamView({ projectId, renames: [], ...pinned });
}

async function found(
  names: readonly string[],
): Promise<{ team: TestTeam; projectId: string; ids: Record<string, string> }> {
  const team = await createTeam();
  const projectId = await createProject(team);
  const findings = names.map((name) => markerFinding(name));
  await runJudgedAudit(team.as('member'), projectId, { results: [magicResult('integrity', findings)] });
  const rows = await db().finding.findMany({ where: { projectId }, select: { id: true, fingerprint: true } });
  return {
    team,
    projectId,
    ids: Object.fromEntries(rows.map(({ id, fingerprint }) => [fingerprint.replace(/0+$/, ''), id])),
  };
}
