import type { FileFact } from '@/lib/magics/facts/code';

const EXECUTABLE_MAGIC = [
  [0x7f, 0x45, 0x4c, 0x46], // ELF
  [0xfe, 0xed, 0xfa, 0xce], // Mach-O
  [0xfe, 0xed, 0xfa, 0xcf],
  [0xce, 0xfa, 0xed, 0xfe],
  [0xcf, 0xfa, 0xed, 0xfe],
  [0xca, 0xfe, 0xba, 0xbe], // Mach-O for several processors, Java class
  [0x00, 0x61, 0x73, 0x6d], // WebAssembly
  [0x64, 0x65, 0x78, 0x0a], // Dalvik
  [0x21, 0x3c, 0x61, 0x72, 0x63, 0x68, 0x3e, 0x0a], // static library
] as const;

const ARCHIVE_MAGIC = [
  [0x50, 0x4b, 0x03, 0x04], // ZIP
  [0x1f, 0x8b],
  [0x42, 0x5a, 0x68], // bzip2
  [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], // xz
  [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], // 7z
  [0x28, 0xb5, 0x2f, 0xfd], // zstd
] as const;

/** What the first bytes of a binary blob say it is, else null. */
export function binaryKind(bytes: Uint8Array): FileFact['binaryKind'] {
  const startsWith = (magic: readonly number[]) => magic.every((byte, at) => bytes[at] === byte);
  if (EXECUTABLE_MAGIC.some(startsWith) || isWindowsProgram(bytes)) return 'executable';
  return ARCHIVE_MAGIC.some(startsWith) ? 'archive' : null;
}

/** `MZ` alone is too short to say much: the header it points at has to be there. */
function isWindowsProgram(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0x4d || bytes[1] !== 0x5a || bytes.length < 64) return false;
  const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(60, true);
  return bytes[header] === 0x50 && bytes[header + 1] === 0x45;
}
