import type { RuntimeFact } from '@/lib/magics/facts/project';

export type StatedRuntime = Omit<RuntimeFact, 'path'>;
