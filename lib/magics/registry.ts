import type { Magic, Rule } from './define';
import { flow } from './flow';
import { git } from './git';
import { integrity } from './integrity';
import { predictive } from './predictive';
import { sages } from './sages';
import { servant } from './servant';
import { strict } from './strict';
import { tdd } from './tdd';
import type { MagicId } from './types';

/** In the fixed order of every list on screen. */
export const magics: readonly Magic[] = [integrity, tdd, flow, strict, git, sages, servant, predictive];

/** Raised with any rule change that may move a result; part of the result hash. */
export const RULE_PACK_VERSION = 9;

const byId = new Map<string, Magic>(magics.map((magic) => [magic.id, magic]));
const rulesById = new Map<string, Rule>(magics.flatMap((magic) => magic.rules).map((rule) => [rule.id, rule]));

export function magicOf(id: MagicId): Magic {
  const magic = byId.get(id);
  if (!magic) throw new Error(`unknown magic ${id}`);
  return magic;
}

export function findRule(id: string): Rule | null {
  return rulesById.get(id) ?? null;
}
