import type { FrameworkKey } from '@/lib/schemas/findings';

/** A compliance framework that findings can be narrowed to. */
export interface FrameworkChoice {
  frameworkId: FrameworkKey;
  title: string;
  /** Whether the settings of the project name it. */
  isNamed: boolean;
}
