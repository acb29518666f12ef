import { notFound } from 'next/navigation';
import { findRule } from '@/lib/magics/registry';

/** The rule of an address. */
export function ruleOf(ruleId: readonly string[]) {
  return findRule(ruleId.join('/')) ?? notFound();
}
