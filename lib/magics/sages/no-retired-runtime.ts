import * as z from 'zod';
import { type CheckOutput, defineRule } from '../define';
import type { Location } from '../types';
import { END_OF_LIFE } from './end-of-life';
import { frameworkOf } from './frameworks';

const SYSTEMS: ReadonlySet<string> = new Set(['debian', 'ubuntu', 'alpine']);

interface Ended {
  name: string;
  version: string;
  endsOn: string;
}

/** The line of versions that a version belongs to; of a shorter version, the line among its own that lasts longest. */
function endOf(product: string, version: string): Ended | null {
  const known = END_OF_LIFE.find((row) => row.product === product);
  if (!known) return null;
  const ends = known.cycles
    .filter(([cycle]) => version === cycle || version.startsWith(`${cycle}.`) || cycle.startsWith(`${version}.`))
    .map(([, endsOn]) => endsOn)
    .sort();
  const endsOn = ends.at(-1);
  return endsOn === undefined ? null : { name: known.name, version, endsOn };
}

/** A shorter version floats to lines that the table may not know yet. */
function isFloating(product: string, version: string): boolean {
  const newest = END_OF_LIFE.find((row) => row.product === product)?.cycles[0]?.[0];
  return newest?.startsWith(`${version}.`) ?? false;
}

const now = '2026-01-15T12:00:00Z';

export const noRetiredRuntime = defineRule({
  id: 'sages/no-retired-runtime',
  catalogue: 'SAG-R2',
  group: 'research',
  severity: 'high',
  confidence: 0.95,
  needs: ['runtimes', 'dependencies'],
  limits: { per: 'sites', good: 0, bad: 3 },
  effort: 'large',
  references: [
    'https://endoflife.date/',
    'https://owasp.org/Top10/A06_2021-Vulnerable_and_Outdated_Components/',
    'https://cwe.mitre.org/data/definitions/1104.html',
  ],
  tags: ['CWE-1104', 'OWASP A06', 'NIST SSDF PW.4', 'ISO27001 A.8.8', 'HIPAA 164.308(a)(1)(ii)(B)', 'GDPR 32(1)(b)'],
  options: z.object({
    /** Products with support of their own, bought or built: `python`, `debian`, … */
    ignore: z.array(z.string().max(40)).max(50).default([]),
  }),

  title: { en: 'No run-time past its end of life', ja: 'サポートの終わった実行環境を使わない' },
  why: {
    en: 'Nobody mends what is found in it: each new vulnerability stays open.',
    ja: '修正が提供されないため、新たに見つかる脆弱性がすべて残り続けます。',
  },
  fix: {
    en: 'Move to a version that is still maintained, and have a bot propose the next one in time.',
    ja: 'サポート中のバージョンへ移行し、次の更新はボットに提案させてください。',
  },
  messages: {
    runtime: {
      en: '{name} {version} reached its end of life on {date}.',
      ja: '{name} {version} のサポートは {date} に終了しました。',
    },
    unpinned: {
      en: 'No file states an exact version of a run-time. Floors such as “>= 18”, ranges and the matrix of a pipeline say what is allowed, not what runs.',
      ja: '実行環境のバージョンを1つに定めるファイルがありません。「>= 18」のような下限や範囲、パイプラインの組み合わせが示すのは許される範囲で、実際に動くものではありません。',
    },
  },
  examples: {
    bad: [
      {
        commits: [{ message: 'Start', at: now, files: { Dockerfile: 'FROM node:16-alpine\nCMD ["node", "a.js"]\n' } }],
      },
      {
        commits: [
          {
            message: 'Start',
            at: now,
            files: {
              Dockerfile: 'ARG PYTHON=3.8-slim\nFROM --platform=linux/amd64 python:$PYTHON AS base\nFROM base\n',
            },
          },
        ],
      },
      { commits: [{ message: 'Start', at: now, files: { '.ruby-version': '3.0.6\n' } }] },
      {
        commits: [
          {
            message: 'Start',
            at: now,
            files: {
              'src/App/App.csproj':
                '<Project Sdk="Microsoft.NET.Sdk.Web">\n  <PropertyGroup>\n    <TargetFramework>net6.0</TargetFramework>\n  </PropertyGroup>\n</Project>\n',
            },
          },
        ],
      },
      { commits: [{ message: 'Start', at: now, files: { 'requirements.txt': 'Django==3.2.25\n' } }] },
      {
        commits: [
          { message: 'Start', at: now, files: { '.nvmrc': 'lts/gallium\n', '.tool-versions': 'python 2.7.18\n' } },
        ],
      },
    ],
    good: [
      {
        commits: [
          {
            message: 'Start',
            at: now,
            files: {
              Dockerfile: 'FROM node:24-bookworm AS build\nFROM gcr.io/distroless/nodejs24-debian12\n',
              '.python-version': '3.13.1\n',
            },
          },
        ],
      },
      // What floats is moved on by whoever builds; floors say what is possible, not what runs.
      {
        commits: [
          {
            message: 'Start',
            at: now,
            files: {
              Dockerfile: 'FROM node:lts\nFROM python:3\nFROM scratch\nFROM debian:stable-slim\n',
              'package.json': '{ "name": "a", "engines": { "node": ">=14" } }',
              '.nvmrc': 'node\n',
              '.python-version': '3.13\n3.8\n',
            },
          },
        ],
      },
      // It was maintained when the commit was made.
      {
        commits: [
          {
            message: 'Start',
            at: '2023-01-10T12:00:00Z',
            files: { Dockerfile: 'FROM node:16.20\nFROM ubuntu:18.04\n' },
          },
        ],
      },
      // A library is built for what its users run; examples and tests are not shipped.
      {
        commits: [
          {
            message: 'Start',
            at: now,
            files: {
              'src/Lib.csproj':
                '<Project Sdk="Microsoft.NET.Sdk">\n  <PropertyGroup>\n    <TargetFramework>net6.0</TargetFramework>\n  </PropertyGroup>\n</Project>\n',
              'examples/old/Dockerfile': 'FROM python:2.7\n',
              'tests/compat/Dockerfile': 'FROM node:12\n',
              '.java-version': '1.8\n',
            },
          },
        ],
      },
      {
        commits: [{ message: 'Start', at: now, files: { Dockerfile: 'FROM python:3.9\nFROM node:24\n' } }],
        options: { ignore: ['python'] },
      },
    ],
  },

  *check({ runtimes, dependencies, now: at }, { ignore }): CheckOutput {
    const today = new Date(at * 1000).toISOString().slice(0, 10);
    const frameworks = dependencies.flatMap(({ path, line, version, isDirect, isDevelopment, ...row }) => {
      const product = isDirect && !isDevelopment ? frameworkOf(row) : null;
      return product === null ? [] : [{ path, line, product, version: version.replace(/^v/, ''), isFramework: true }];
    });
    const stated = [...runtimes.map((row) => ({ ...row, isFramework: false })), ...frameworks].filter(
      ({ product, version }) => !ignore.includes(product) && !isFloating(product, version),
    );
    if (stated.length === 0) return { outcome: 'not-applicable', reason: 'unpinned' };

    const endedOf = (row: { product: string; version: string }) => {
      const end = endOf(row.product, row.version);
      return end !== null && end.endsOn < today ? end : null;
    };
    const retiredAt = new Set(
      stated.filter((row) => !SYSTEMS.has(row.product) && endedOf(row)).map(({ path, line }) => `${path}:${line}`),
    );
    const ended = new Map<string, { end: Ended; isFramework: boolean; places: Location[] }>();
    for (const { product, version, path, line, isFramework } of stated) {
      const end = endedOf({ product, version });
      // The system below a retired run-time goes with it.
      if (!end || (SYSTEMS.has(product) && retiredAt.has(`${path}:${line}`))) continue;
      const key = `${product} ${version}`;
      const known = ended.get(key) ?? { end, isFramework, places: [] };
      known.places.push({ path, line });
      ended.set(key, known);
    }
    for (const [key, { end, isFramework, places }] of ended) {
      const [location, ...related] = places;
      yield {
        messageId: 'runtime',
        data: { name: end.name, version: end.version, date: end.endsOn },
        severity: isFramework ? 'medium' : 'high',
        anchor: key,
        ...(location && { location }),
        related,
      };
    }
    return { value: ended.size, metrics: { stated_runtimes: stated.length } };
  },
});
