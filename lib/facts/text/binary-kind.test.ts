import { expect, test } from 'vitest';
import { binaryKind } from './binary-kind';

const windowsProgram = new Uint8Array(128);
windowsProgram.set([0x4d, 0x5a]);
windowsProgram.set([64], 60);
windowsProgram.set([0x50, 0x45], 64);

test.each([
  ['ELF', new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 2]), 'executable'],
  ['a Java class', new Uint8Array([0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 61]), 'executable'],
  ['a Windows program', windowsProgram, 'executable'],
  ['a static library', new TextEncoder().encode('!<arch>\nx'), 'executable'],
  ['a ZIP', new Uint8Array([0x50, 0x4b, 3, 4]), 'archive'],
  ['gzip', new Uint8Array([0x1f, 0x8b, 8]), 'archive'],
  ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47]), null],
  ['what only begins with MZ', new TextEncoder().encode(`MZ${'\u0000'.repeat(100)}`), null],
  ['nothing', new Uint8Array(), null],
])('tells %s', (_name, bytes, kind) => {
  expect(binaryKind(bytes)).toBe(kind);
});
