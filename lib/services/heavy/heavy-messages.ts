import type { ErrorCode, ErrorOptions } from '@/lib/errors';

export interface HeavyQuestion {
  name: string;
  input: unknown;
}

/** The first one says that the thread has loaded. */
export type HeavyAnswer =
  | { kind: 'ready' }
  | { kind: 'value'; value: unknown; isWorn: boolean }
  | { kind: 'refusal'; code: ErrorCode; message: string; details: ErrorOptions['details'] };
