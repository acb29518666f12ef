import { notFound } from 'next/navigation';
import { MAGIC_IDS, type MagicId } from '@/lib/magics/types';

/** The magic of an address. */
export function magicOf(name: string): MagicId {
  return MAGIC_IDS.find((known) => known === name) ?? notFound();
}
