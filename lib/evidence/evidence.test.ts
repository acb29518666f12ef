import { createHash, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { noCounts } from '@/lib/magics/counts';
import { type ChainEntry, checkChains } from './check-chain';
import { checkEvidence } from './check-evidence';
import { encodeForSigning, PAYLOAD_TYPE, sealEnvelope, writeEnvelope } from './dsse';
import { type EvidenceFacts, hashEvidence, signEvidence, signingKeyOf } from './entry';
import { pemOf, readPublicKeys } from './keys';

const newKey = () => signingKeyOf(generateKeyPairSync('ed25519').privateKey);
const key = newKey();
const pinned = readPublicKeys(pemOf(key.publicKey));
const project = { id: randomUUID(), name: '監査 project' };
const instanceId = randomUUID();

function facts(sequence = 1, previous: string | null = null): EvidenceFacts {
  return {
    commit: 'a'.repeat(40),
    repositoryUrl: 'https://example.org/app.git',
    project,
    audit: {
      id: randomUUID(),
      number: sequence,
      kind: 'full',
      trigger: 'manual',
      branch: 'main',
      asOf: null,
      startedAt: '2026-11-01T10:00:00.000Z',
      endedAt: '2026-11-01T10:01:00.000Z',
    },
    outcome: 'completed',
    missingMagics: [],
    health: { score: 81.5, coverage: 0.9 },
    gate: { verdict: 'passed', reason: { id: 'all-met', data: { health: 81.5, limit: 75, high: 3 } } },
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

function chainOf(length: number): string[] {
  const chain: string[] = [];
  for (let index = 0; index < length; index += 1) {
    const last = chain.at(-1);
    chain.push(signEvidence(facts(index + 1, last === undefined ? null : hashEvidence(last)), key));
  }
  return chain;
}

function entriesOf(lines: readonly string[], fileOf = (_index: number) => 'chain.jsonl'): ChainEntry[] {
  return lines.map((line, index) => {
    const check = checkEvidence(line, pinned);
    if (check.problem !== null) throw new Error(check.problem);
    return { ...check, file: fileOf(index), line: index + 1 };
  });
}

const problemsOf = (entries: readonly ChainEntry[]) => checkChains(entries).flatMap(({ problems }) => problems);

describe('the envelope', () => {
  test('encodes what is signed as the specification of DSSE shows', () => {
    const encode = (type: string, payload: string) => encodeForSigning(type, Buffer.from(payload)).toString();

    expect(encode('http://example.com/HelloWorld', 'hello world')).toBe(
      'DSSEv1 29 http://example.com/HelloWorld 11 hello world',
    );
    expect(encode('', '')).toBe('DSSEv1 0  0 ');
    // Lengths are those of bytes.
    expect(encode('監', '査')).toBe('DSSEv1 3 監 3 査');
  });

  test('holds an in-toto statement that others can check without us', () => {
    const envelope = JSON.parse(signEvidence(facts(), key));
    const statement = JSON.parse(Buffer.from(envelope.payload, 'base64').toString());

    expect(envelope.payloadType).toBe('application/vnd.in-toto+json');
    expect(statement).toMatchObject({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ digest: { gitCommit: 'a'.repeat(40) } }],
      predicateType: 'urn:ancient-elder:audit-result:v1',
    });
    const der = key.publicKey.export({ type: 'spki', format: 'der' });
    expect(envelope.signatures[0].keyid).toBe(createHash('sha256').update(der).digest('hex'));
  });

  test('holds when nothing was changed, and says whether the key was given', () => {
    const text = signEvidence(facts(), key);

    expect(checkEvidence(text, pinned)).toMatchObject({ problem: null, isKeyPinned: true, keyId: key.id });
    expect(checkEvidence(text, null)).toMatchObject({ problem: null, isKeyPinned: false, hash: hashEvidence(text) });
  });

  test.each([
    ['a pinned key', pinned],
    ['the key it brings along', null],
  ])('fails when any bit of any byte is changed, under %s', (_name, keys) => {
    const bytes = Buffer.from(signEvidence(facts(), key));
    const survivors: number[] = [];

    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed[index] = (bytes[index] ?? 0) ^ (1 << (index % 8));
      if (checkEvidence(changed.toString(), keys).problem === null) survivors.push(index);
    }

    expect(survivors).toEqual([]);
  });

  test('fails when a byte is taken out, added or written another way', () => {
    const text = signEvidence(facts(), key);
    const { payload, payloadType, signatures } = JSON.parse(text);
    const sig: string = signatures[0].sig;
    const spellings = [
      text.slice(1),
      text.slice(0, -1),
      `${text} `,
      JSON.stringify(JSON.parse(text), null, 2),
      JSON.stringify({ payloadType, payload, signatures }),
      JSON.stringify({ payload, payloadType, signatures, more: 1 }),
      JSON.stringify({ payload: `${payload}=`, payloadType, signatures }),
      JSON.stringify({ payload, payloadType, signatures: [...signatures, ...signatures] }),
      JSON.stringify({ payload, payloadType, signatures: [{ keyid: key.id, sig: sig.replaceAll('=', '') }] }),
      text.replace('"payload"', '"payload":"","payload"'),
    ];

    expect(spellings.filter((one) => checkEvidence(one, pinned).problem === null)).toEqual([]);
  });

  test('is refused from another key, and from one that claims to be another', () => {
    const other = newKey();
    const text = signEvidence(facts(), other);
    const claimed = text.replace(other.id, key.id);

    expect(checkEvidence(text, pinned)).toEqual({ problem: 'unknown-key' });
    expect(checkEvidence(claimed, pinned)).toEqual({ problem: 'bad-signature' });
    expect(checkEvidence(claimed, null)).toEqual({ problem: 'bad-signature' });
  });

  test('is refused when the payload is signed and no statement of ours', () => {
    const sealed = (payload: string) => writeEnvelope(sealEnvelope(Buffer.from(payload), key));

    expect(checkEvidence(sealed('{"_type":"https://in-toto.io/Statement/v1"}'), pinned)).toEqual({
      problem: 'not-a-statement',
    });
    expect(checkEvidence(sealed('not json'), pinned)).toEqual({ problem: 'not-a-statement' });
    expect(checkEvidence('', pinned)).toEqual({ problem: 'not-json' });
    expect(checkEvidence('{}', pinned)).toEqual({ problem: 'not-an-envelope' });
    expect(JSON.parse(sealed('x')).payloadType).toBe(PAYLOAD_TYPE);
  });

  test('is not signed when it would not hold', () => {
    expect(() => signEvidence({ ...facts(), commit: '' }, key)).toThrow();
    expect(() => signEvidence(facts(0), key)).toThrow();
  });
});

describe('a chain', () => {
  const lines = chainOf(6);
  const entries = entriesOf(lines);
  const without = (...gone: number[]) => entries.filter((_entry, index) => !gone.includes(index + 1));

  test('holds as it was written, in files of their own in any order too', () => {
    const apart = entriesOf([...lines].reverse(), (index) => `${index}.json`);

    expect(checkChains(entries)).toMatchObject([
      { entries: 6, first: 1, last: 6, head: hashEvidence(lines[5] ?? ''), problems: [] },
    ]);
    expect(problemsOf(apart)).toEqual([]);
    expect(problemsOf(apart.slice(0, 3))).toEqual([]);
  });

  test('names what is missing', () => {
    expect(problemsOf(without(3))).toEqual([{ kind: 'missing', from: 3, to: 3 }]);
    expect(problemsOf(without(2, 3, 5))).toEqual([
      { kind: 'missing', from: 2, to: 3 },
      { kind: 'missing', from: 5, to: 5 },
    ]);
    expect(problemsOf(without(1, 2))).toEqual([{ kind: 'missing', from: 1, to: 2 }]);
  });

  test('names what was moved or is there twice', () => {
    const moved = entriesOf([0, 1, 3, 2, 4, 5].map((index) => lines[index] ?? ''));
    const twice = entriesOf([...lines.slice(0, 3), lines[2] ?? '', ...lines.slice(3)]);

    expect(problemsOf(moved)).toEqual([{ kind: 'reordered', sequence: 3, after: 4, file: 'chain.jsonl', line: 4 }]);
    expect(problemsOf(twice)).toEqual([{ kind: 'twice', sequence: 3, file: 'chain.jsonl', line: 4 }]);
  });

  test('names the entry that does not follow from the one before it, though its own signature holds', () => {
    const forged = signEvidence(facts(3, 'd'.repeat(64)), key);
    const changed = [...lines.slice(0, 2), forged, ...lines.slice(3)];

    expect(problemsOf(entriesOf(changed))).toEqual([
      { kind: 'broken', sequence: 3, file: 'chain.jsonl', line: 3 },
      { kind: 'broken', sequence: 4, file: 'chain.jsonl', line: 4 },
    ]);
  });

  test('is one of each project of each installation', () => {
    const foreign = signEvidence({ ...facts(), producer: { version: '0.1.0', instanceId: randomUUID() } }, key);

    expect(checkChains(entriesOf([...lines, foreign]))).toHaveLength(2);
  });
});

describe('keys', () => {
  const list = (...keys: KeyObject[]) => JSON.stringify({ items: keys.map((one) => ({ publicKey: pemOf(one) })) });

  test('are read from PEM, several of them, and from the answer of the API', () => {
    const other = newKey();
    const pems = `# ours\n${pemOf(key.publicKey)}\n${pemOf(other.publicKey)}`;

    expect(readPublicKeys(pems).map(({ id }) => id)).toEqual([key.id, other.id]);
    expect(readPublicKeys(list(key.publicKey, other.publicKey)).map(({ id }) => id)).toEqual([key.id, other.id]);
  });

  test('of other kinds, private ones and other texts are none', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
    const secret = key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

    expect(readPublicKeys(pemOf(rsa))).toEqual([]);
    expect(readPublicKeys(secret)).toEqual([]);
    expect(readPublicKeys('')).toEqual([]);
    expect(readPublicKeys('{"items":1}')).toEqual([]);
  });
});
