import { spawn } from 'node:child_process';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EvidenceFacts, hashEvidence, signEvidence, signingKeyOf } from '@/lib/evidence/entry';
import { pemOf } from '@/lib/evidence/keys';
import { noCounts } from '@/lib/magics/counts';
import { temporaryDirectory } from '@/tests/support/git-remote';
import { verifyFiles } from './verify-files';

const root = fileURLToPath(new URL('..', import.meta.url));
const key = signingKeyOf(generateKeyPairSync('ed25519').privateKey);
const project = { id: randomUUID(), name: 'app\u001b[31m' };
const instanceId = randomUUID();

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

function verify(...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'bin/elder.ts', 'verify', ...args], {
    cwd: root,
    env: { ...process.env, LANG: 'C', LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new Promise((resolve) => {
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** In this process: starting the command takes most of its time. */
async function check(file: string): Promise<Pick<Ended, 'code' | 'stdout'>> {
  const { text, holds } = await verifyFiles({ files: [file], key: place('key.pem') }, 'en');
  return { code: holds ? 0 : 1, stdout: text };
}

function facts(sequence: number, previous: string | null): EvidenceFacts {
  const at = '2026-11-01T10:00:00.000Z';
  return {
    commit: 'a'.repeat(40),
    repositoryUrl: null,
    project,
    audit: {
      id: randomUUID(),
      number: sequence,
      kind: 'full',
      trigger: 'manual',
      branch: 'main',
      asOf: null,
      startedAt: at,
      endedAt: at,
    },
    outcome: 'completed',
    missingMagics: [],
    health: { score: 81.5, coverage: 0.9 },
    gate: { verdict: 'passed', reason: { id: 'all-met', data: {} } },
    magics: [],
    counts: noCounts(),
    newCounts: noCounts(),
    fixedCount: 0,
    inputs: { policyHash: 'b'.repeat(64), rulePackVersion: 3, coverageHash: null, verdictsHash: null },
    resultHash: 'c'.repeat(64),
    producer: { version: '0.1.0', instanceId },
    chain: { sequence, previous },
  };
}

let work: Awaited<ReturnType<typeof temporaryDirectory>>;
const lines: string[] = [];
const place = (name: string) => join(work.path, name);
const write = async (name: string, content: string | Uint8Array) => {
  await writeFile(place(name), content);
  return place(name);
};
const writeLines = (name: string, some: readonly string[]) => write(name, some.map((line) => `${line}\n`).join(''));

beforeAll(async () => {
  work = await temporaryDirectory();
  for (let sequence = 1; sequence <= 4; sequence += 1) {
    const last = lines.at(-1);
    lines.push(signEvidence(facts(sequence, last === undefined ? null : hashEvidence(last)), key));
  }
  await write('key.pem', pemOf(key.publicKey));
});

afterAll(() => work[Symbol.asyncDispose]());

const line = (number: number) => lines[number - 1] ?? '';

describe('elder verify', () => {
  test('ends with 0 for what was not changed, and says what it is', async () => {
    const file = await writeLines('evidence.json', [line(3)]);

    const { code, stdout, stderr } = await verify(file, '--key', place('key.pem'));

    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('holds. Entry 3 of “appU+001B[31m”: audit #3 of commit aaaaaaa');
    expect(stdout).toContain('health 81.5; gate passed');
    expect(stdout).toContain(`Signed with key ${key.id} by Ancient Elder 0.1.0`);
    expect(stdout).toContain('Checked with the key of --key.');
  });

  test('says in both languages that a key of the evidence itself shows nothing of who signed', async () => {
    const file = await writeLines('evidence.json', [line(1)]);

    const runs = [await verify(file), await verify(file, '--lang', 'ja')];

    expect(runs.map(({ code }) => code)).toEqual([0, 0]);
    expect(runs[0]?.stdout).toContain('anybody can sign with a key of their own');
    expect(runs[1]?.stdout).toContain('誰が署名したかは分かりません');
  });

  test('checks an exported chain, and files of one entry in any order', async () => {
    const chain = await writeLines('chain.jsonl', lines);
    const files = await Promise.all(lines.map((one, index) => writeLines(`${index}.json`, [one])));

    const runs = [await verify(chain, '--key', place('key.pem')), await verify(...files.reverse())];

    for (const { code, stdout } of runs) {
      expect(code).toBe(0);
      expect(stdout).toContain('entries 1 to 4 follow one from the other');
      expect(stdout).toContain(`Entry 4 has the hash ${hashEvidence(line(4))}`);
    }
  });

  test('ends with 1 for a chain and names what is missing, moved, altered or of another key', async () => {
    const altered = line(3).replace(/"payload":"./, '"payload":"f');
    const foreign = signEvidence(
      facts(3, hashEvidence(line(2))),
      signingKeyOf(generateKeyPairSync('ed25519').privateKey),
    );
    const cases: [string[], string][] = [
      [[line(1), line(2), line(4)], 'entry 3 is missing'],
      [[line(2), line(3)], 'entry 1 is missing'],
      [[line(1), line(3), line(2), line(4)], 'entry 2 stands after entry 3'],
      [[line(1), line(2), altered, line(4)], 'chain.jsonl, line 3: does not hold'],
      [[line(1), line(2), foreign, line(4)], 'chain.jsonl, line 3: does not hold: it is signed with a key that --key'],
      [[line(1), line(2), '', line(3)], 'chain.jsonl, line 3: does not hold: this is no JSON'],
    ];

    for (const [some, says] of cases) {
      const { code, stdout } = await check(await writeLines('chain.jsonl', some));

      expect([code, stdout]).toEqual([1, expect.stringContaining(says)]);
    }
  });

  test('ends with 1 and a sentence for a file whose bytes were changed', async () => {
    const bytes = Buffer.from(`${line(1)}\n`);
    const flipped = (index: number) => {
      const changed = Buffer.from(bytes);
      changed[index] = (bytes[index] ?? 0) ^ 0x80;
      return changed;
    };
    const places = [0, 20, bytes.indexOf('"sig":"') + 20, bytes.length - 1];

    for (const index of places) {
      const { code, stdout } = await check(await write('evidence.json', flipped(index)));

      expect([code, stdout]).toEqual([1, expect.stringMatching(/^✘ .*evidence\.json.*does not hold: \w/)]);
    }
    expect(await verify(await write('evidence.json', flipped(0)))).toMatchObject({ code: 1, stderr: '' });
    expect((await check(await write('empty.json', ''))).stdout).toContain('there is nothing here');
  });

  test('takes the line feed for the end of a line, not for a part of the envelope', async () => {
    const runs = [];
    for (const end of ['', '\n', '\r\n', ' \n', '\n\n']) {
      runs.push([end, (await check(await write('evidence.json', `${line(1)}${end}`))).code]);
    }

    expect(runs).toEqual([
      ['', 0],
      ['\n', 0],
      ['\r\n', 1],
      [' \n', 1],
      ['\n\n', 1],
    ]);
  });

  test('ends with 2 where there is no file or no key', async () => {
    const file = await writeLines('evidence.json', [line(1)]);

    const runs = [await verify(place('none.json')), await verify(file, '--key', file), await verify()];

    expect(runs.map(({ code, stdout }) => [code, stdout])).toEqual(runs.map(() => [2, '']));
    expect(runs.map(({ stderr }) => stderr)).toEqual([
      expect.stringContaining('none.json does not exist'),
      expect.stringContaining('holds no public Ed25519 key'),
      expect.stringContaining('“verify” needs a file of evidence'),
    ]);
  });
});
