import type { Finding, MagicResult, SuppressedFinding } from '@/lib/magics/types';
import { unpackJson } from './packed-json';

export type Found = Pick<MagicResult, 'findings' | 'suppressed'>;

export async function unpackFindings(packed: Uint8Array | null): Promise<Found> {
  const rows = packed ? await unpackJson<Finding[]>(packed) : [];
  return { findings: rows.filter((row) => !isSuppressed(row)), suppressed: rows.filter(isSuppressed) };
}

function isSuppressed(finding: Finding): finding is SuppressedFinding {
  return 'suppression' in finding;
}
