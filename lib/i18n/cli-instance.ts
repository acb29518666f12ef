import { cliInstanceEn } from './cli-instance.en';
import { cliInstanceJa } from './cli-instance.ja';

export interface MadeBackup {
  name: string;
  madeAt: string;
  productVersion: string;
  migration: string;
  tables: number;
  rows: number;
  objects: number;
  sizeBytes: number;
  keys: readonly string[];
}

export interface OwnerChoice {
  teamId: string;
  teamName: string;
  createdAt: string;
  isOwner: boolean;
}

export interface IgnoredBackup {
  name: string;
  why: 'unreadable' | 'future' | 'unproven';
}

export interface RestoredBackup extends Pick<MadeBackup, 'name' | 'tables' | 'rows' | 'objects'> {
  keyFiles: readonly string[];
  damagedObjects: readonly string[];
  head: { madeAt: string };
}

/** Texts of `elder backup`, `elder restore`, `elder doctor` and `elder owner` by language. */
export const INSTANCE_TEXTS = { en: cliInstanceEn, ja: cliInstanceJa } as const;
