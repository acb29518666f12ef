import type { RuntimeFact } from '@/lib/magics/facts';

export type StatedRuntime = Omit<RuntimeFact, 'path'>;
