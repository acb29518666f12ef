import { describe, expect, test } from 'vitest';
import type { DependencyFact } from '@/lib/magics/facts/project';
import { buildCycloneDx } from './cyclonedx';

const row: DependencyFact = {
  path: 'package-lock.json',
  line: 4,
  ecosystem: 'npm',
  name: '@scope/name',
  version: '1.0.0',
  isDirect: true,
  isDevelopment: false,
  manifest: 'package.json',
  licence: 'MIT',
};

function build(dependencies: readonly DependencyFact[], more: Partial<Parameters<typeof buildCycloneDx>[0]> = {}) {
  return buildCycloneDx({
    project: 'demo',
    commit: 'c'.repeat(40),
    branch: 'main',
    now: 1_700_000_000,
    repositoryUrl: 'https://example.com/a/demo',
    toolVersion: '1.2.3',
    dependencies,
    lockFiles: [{ path: 'package-lock.json', ecosystem: 'npm', packages: 1, state: 'read' }],
    ...more,
  });
}

describe('the bill of materials', () => {
  test('names the commit it is of, and the components with their addresses', () => {
    expect(build([row])).toMatchObject({
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      version: 1,
      metadata: {
        timestamp: '2023-11-14T22:13:20.000Z',
        tools: { components: [{ name: 'ancient-elder', version: '1.2.3' }] },
        component: {
          name: 'demo',
          version: 'c'.repeat(40),
          externalReferences: [{ type: 'vcs', url: 'https://example.com/a/demo' }],
        },
      },
      components: [
        {
          type: 'library',
          'bom-ref': 'pkg:npm/%40scope/name@1.0.0',
          group: '@scope',
          name: 'name',
          version: '1.0.0',
          scope: 'required',
          licenses: [{ license: { id: 'MIT' } }],
          purl: 'pkg:npm/%40scope/name@1.0.0',
          evidence: { occurrences: [{ location: 'package-lock.json', line: 4 }] },
        },
      ],
      dependencies: [{ dependsOn: ['pkg:npm/%40scope/name@1.0.0'] }],
      compositions: [{ aggregate: 'complete' }],
    });
  });

  test('is the same text for the same commit, and numbered anew for another', () => {
    const one = build([row]);

    expect(JSON.stringify(build([row]))).toBe(JSON.stringify(one));
    expect(one.serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(build([row], { commit: 'd'.repeat(40) }).serialNumber).not.toBe(one.serialNumber);
  });

  test('a package of several lock files is one component, which ships when one of them ships it', () => {
    const tool = { ...row, name: 'b', isDirect: false, isDevelopment: true };
    const { components, dependencies } = build([
      { ...row, isDevelopment: true, isDirect: false, licence: null },
      { ...row, path: 'web/package-lock.json', line: 9 },
      tool,
    ]);

    expect(components.map(({ purl, scope }) => [purl, scope])).toEqual([
      ['pkg:npm/%40scope/name@1.0.0', 'required'],
      ['pkg:npm/b@1.0.0', 'excluded'],
    ]);
    expect(components[0]?.evidence.occurrences).toHaveLength(2);
    expect(dependencies[0]?.dependsOn).toEqual(['pkg:npm/%40scope/name@1.0.0']);
  });

  test.each([
    ['Apache-2.0', { license: { id: 'Apache-2.0' } }],
    ['(MIT OR Apache-2.0)', { expression: '(MIT OR Apache-2.0)' }],
    ['SEE LICENSE IN LICENSE', { license: { name: 'SEE LICENSE IN LICENSE' } }],
    ['Custom OR MIT', { license: { name: 'Custom OR MIT' } }],
  ])('the licence %s', (licence, form) => {
    expect(build([{ ...row, licence }]).components[0]).toMatchObject({ licenses: [form] });
  });

  test('says when it does not hold everything', () => {
    const cut = { path: 'package-lock.json', ecosystem: 'npm', packages: 1, state: 'cut' } as const;
    const pom = { ...row, ecosystem: 'maven', name: 'g:a' } as const;

    expect(build([row], { lockFiles: [cut] }).compositions[0]?.aggregate).toBe('incomplete');
    expect(build([pom]).compositions[0]?.aggregate).toBe('incomplete');
    expect(build([pom]).components[0]).toMatchObject({ group: 'g', name: 'a' });
    expect(build([], { lockFiles: [] }).compositions[0]?.aggregate).toBe('incomplete');
  });
});
