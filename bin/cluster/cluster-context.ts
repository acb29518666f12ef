import type { Aim } from '@/k8s/target';
import type { Language } from '@/lib/magics/types';
import type { Terminal } from '../remote/status-line';

/** What a command on a cluster has at hand. */
export interface ClusterContext extends Aim {
  language: Language;
  terminal: Terminal;
}

/** What a command prints and ends with. */
export interface ClusterEnd {
  text: string;
  code: number;
}

export const EXIT = { fine: 0, notFine: 1, wrong: 2 } as const;
