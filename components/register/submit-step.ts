import type { RegistrationCheck } from '@/lib/schemas/projects';

/** What pressing the button does: name what is missing, wait for the checks, check again, open or register. */
export type SubmitStep = 'missing' | 'wait' | 'check' | 'open' | 'register';

/** `result` is what the checks said of this very address; null while they run or when they could not. */
export function submitStep(address: string, result: RegistrationCheck | null): SubmitStep {
  if (address === '') return 'missing';
  if (!result) return 'wait';
  if (result.duplicateOf) return 'open';
  return result.canRegister ? 'register' : 'check';
}
