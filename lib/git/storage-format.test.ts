import { describe, expect, test } from 'vitest';
import { cpuTimeMs } from '@/tests/support/cpu-time';
import { parseStorageFormat } from './storage-format';

describe('parseStorageFormat', () => {
  test.each([
    ['', {}],
    ['[core]\n\trepositoryformatversion = 0\n\tbare = true\n', {}],
    ['[core]\n\trepositoryFormatVersion = 1\n[Extensions]\n\tobjectFormat = sha256\n', { objectFormat: 'sha256' }],
    [
      '[extensions] objectformat = "sha256" ; newer\n\trefStorage = reftable # new',
      { objectFormat: 'sha256', refStorage: 'reftable' },
    ],
    ['[extensions "x"]\n\tobjectformat = sha256\n', {}],
    ['[remote "a"]\n\tobjectformat = sha256\n', {}],
    ['[extensions]\n\tworktreeConfig = true\n\tpartialClone = origin\n\tpreciousObjects = true\n', {}],
    ['[include]\n\tpath = config\n[core\nbroken = [[[\n', {}],
    [`[extensions]${' '.repeat(600_000)}x`, {}],
  ])('of %j', (config, format) => {
    expect(parseStorageFormat(config)).toEqual(format);
  });

  test.each([
    '[core]\n\trepositoryformatversion = 2\n',
    '[core]\n\trepositoryformatversion = new\n',
    '[extensions]\n\tsideways = true\n',
    '[extensions]\n\tobjectformat = ../../x\n',
  ])('refuses %j', (config) => {
    expect(() => parseStorageFormat(config)).toThrow(expect.objectContaining({ code: 'repository_unsupported' }));
  });

  test('takes no longer for a line made to be slow', () => {
    const startedAt = cpuTimeMs();

    parseStorageFormat(`[${' '.repeat(499)}\n`.repeat(2_000));

    expect(cpuTimeMs() - startedAt).toBeLessThan(1_000);
  });
});
