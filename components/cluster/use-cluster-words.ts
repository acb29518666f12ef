'use client';

import { useFormat } from '@/components/i18n/LocaleProvider';
import { type CliClusterText, cliClusterEn } from '@/lib/i18n/cli-cluster.en';
import { cliClusterJa } from '@/lib/i18n/cli-cluster.ja';

/** What is said of clusters on the command line too; only this page carries it. */
export function useClusterWords(): CliClusterText {
  return useFormat().language === 'ja' ? cliClusterJa : cliClusterEn;
}
