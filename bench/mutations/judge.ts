import type { Facts } from '@/lib/magics/facts';
import { type Found, findingsOf } from '../accuracy/run-rules';
import { type Planted, type Planting, RULE_OF } from './plant';

export interface Verdicts {
  planted: (Planted & { isFound: boolean })[];
  /** Reported by one of the rules at a place that nobody touched. */
  elsewhere: Found[];
}

/** Which of the planted flaws the rules report, and what they report of clean code. */
export function judgePlanting({ planted }: Planting, facts: Facts): Verdicts {
  const found = findingsOf(facts, [...new Set(Object.values(RULE_OF))]);
  const isAt = ({ path, line }: Found, place: Planted) =>
    path === place.path && line >= place.from - 1 && line <= place.to;
  return {
    planted: planted.map((place) => ({
      ...place,
      isFound: found.some((each) => each.ruleId === RULE_OF[place.mutation] && isAt(each, place)),
    })),
    elsewhere: found.filter((each) => !planted.some((place) => isAt(each, place))),
  };
}

interface Row {
  name: string;
  planted: number;
  found: number;
  elsewhere: number;
}

/** One row a rule, then one a language. */
export function tally({ planted, elsewhere }: Verdicts): Row[] {
  const rules = [...new Set(planted.map(({ mutation }) => RULE_OF[mutation]))].map((ruleId) => ({
    name: ruleId,
    own: planted.filter(({ mutation }) => RULE_OF[mutation] === ruleId),
    elsewhere: elsewhere.filter((each) => each.ruleId === ruleId).length,
  }));
  const languages = [...new Set(planted.map(({ language }) => language))].map((language) => {
    const own = planted.filter((each) => each.language === language);
    const paths = new Set(own.map(({ path }) => path));
    return { name: language, own, elsewhere: elsewhere.filter(({ path }) => paths.has(path)).length };
  });
  return [...rules, ...languages].map(({ name, own, elsewhere: false_ }) => ({
    name,
    planted: own.length,
    found: own.filter(({ isFound }) => isFound).length,
    elsewhere: false_,
  }));
}
