/** Words with which people admit that what stands there is not the real solution. */
const ADMISSIONS: readonly RegExp[] = [
  /\b(?:an?|this|quick|dirty|ugly|nasty|cheap|gross|horrible|terrible|temporary|temp|big|huge|total|bad|slight|small|minor|evil|stupid|silly|little|another) (?:and dirty )?hacks?\b(?![-/]| (?:on|at) )/iu,
  /\bhacks? (?:to|around|because|since|so that|until|needed|required|due)\b/iu,
  /^\W{0,5}hack(?:ish|y)?(?=[\s:,]|$)/iu,
  /\bhack(?:ish|ily)\b|\bhacky\b(?!-)|\bhack(?:ed|ing) around\b/iu,
  /\bk(?:l|)udg(?:e|y|es)\b/iu,
  /\bquick(?:ly)?[- ](?:and|n|'n'|&)[- ]dirty\b/iu,
  /\b(?:is|as|just|only) (?:just |only )?a quick fix\b|^\W{0,5}quick fix(?= (?:for|to|until)\b|\W*$)/iu,
  /\bband-aids?\b/iu,
  /\b(?:a|as|this|just) stop-?gap\b/iu,
  /\b(?:temporary|temp|interim|makeshift|provisional) (?:fix(?:es)?|solution|work-?around|kludge|crutch|measure)\b/iu,
  /\b(?:this|it|that|which|all|below|above)(?:'s| is| are) (?:only |just |all |a )?temporary\b/iu,
  /^\W{0,5}temporary\b(?= (?:until|while we|for now|code|hack|fix)|[:.,]|$)/iu,
  /\btemporarily (?:hard-?cod|comment(?:ed|ing) out|work(?:ing|ed)? around)/iu,
  /\b(?:remove|delete|drop|revert|undo) (?:this|these|the (?:hack|workaround|kludge)) (?:once|when|as soon as)\b/iu,
  /\b(?:hard-?cod(?:ed?|ing)|skipp(?:ed|ing)|commented out|leav(?:e|ing) (?:it|this|that)|stick with|good enough|punt|not (?:supported|implemented|handled))\b[^.;]{0,60}\bfor now\b/iu,
  /^\W{0,5}for now\W{0,3}$|\bfor now,? (?:we|just|it|this|only|i|simply|assume|ignore|skip)\b/iu,
  /\b(?!(?:not|never|be|freed|done)\b)[^.\s]{2,40} for now\W{0,3}$/iu,
];
const JAPANESE: readonly RegExp[] = [
  /とりあえず|取り敢えず|取りあえず/u,
  /一旦(?:これで|ここで|この|コメント|放置|固定|ハードコード|仮|無視|保留|スキップ|無効|べた書き|ベタ書き)/u,
  /応急(?:処置|対応|措置)|その場しのぎ|場当たり|苦肉の策|力技|やっつけ|無理やり|無理矢理|付け焼き刃|ワークアラウンド/u,
  /(?:ひとまず|いったん|今のところは?|当面は?)(?:これで|ハードコード|固定|仮|無視|無効|スキップ|ベタ書き|コメントアウト)/u,
];
/** What is quoted is talked about. */
const QUOTED = /`[^`]*`|"[^"]*"|“[^“”]*”|「[^「」]*」/gu;

const MAX_WORDS = 80;

/** The words of a comment that admit that what stands there is not the real solution, null without any. */
export function findAdmission(comment: string, terms: readonly string[] = []): string | null {
  const text = comment.replace(QUOTED, (quoted) => quoted.replace(/\S/g, '·'));
  for (const pattern of [...ADMISSIONS, ...JAPANESE]) {
    const match = pattern.exec(text);
    if (match) return match[0].replace(/^[\s,;:.·-]+|[\s,;:.]+$/gu, '').slice(0, MAX_WORDS);
  }
  return terms.find((term) => text.includes(term)) ?? null;
}
