import { isTracked } from './markers';
import { maskQuoted } from './quoted';

export interface Admission {
  /** What was written, at most 80 characters. */
  words: string;
  /**
   * `stopgap`: it is not the real solution; `workaround`: it gets around a defect that is not named; `doubt`: it may be
   * wrong, unfinished or useless.
   */
  kind: 'stopgap' | 'workaround' | 'doubt';
}

/** Words with which people admit that what stands there is not the real solution. */
const STOPGAPS: readonly RegExp[] = [
  /\b(?:an?|this|quick|dirty|ugly|nasty|cheap|gross|horrible|terrible|temporary|temp|big|huge|total|bad|slight|small|minor|evil|stupid|silly|little|another|specific) (?:and dirty )?hacks?\b(?![-/]| (?:on|at) )/i,
  /\bhacks? (?:to|around|because|since|so that|until|needed|required|due|for|as)\b/i,
  /^\W{0,5}hack(?:ish|y)?(?=[\s:,/]|$)/i,
  /\bhack(?:ish|ily)\b|\bhacky\b(?!-)|\bhack(?:ed|ing) around\b/i,
  /\bk(?:l|)udg(?:e|y|es)\b/i,
  /\bquick(?:ly)?[- ](?:and|n|'n'|&)[- ]dirty\b|\bdirty (?:fix|trick|solution)\b/i,
  /\b(?:is|as|just|only) (?:just |only )?a quick fix\b|^\W{0,5}quick fix(?= (?:for|to|until)\b|\W*$)/i,
  /\bband-aids?\b/i,
  /\b(?:a|as|this|just) stop-?gap\b/i,
  /\b(?:temporary|temp|interim|makeshift|provisional) (?:fix(?:es)?|solution|work-?around|kludge|crutch|measure)\b/i,
  /\b(?:this|it|that|which|all|below|above)(?:'s| is| are) (?:only |just |all |a )?temporary\b|\bjust temporary\b/i,
  /^\W{0,5}temporary\b(?= (?:until|while we|for now|code|hack|fix)|[:.,]|$)/i,
  /\btemporarily (?:hard-?cod|comment(?:ed|ing) out|work(?:ing|ed)? around)|\bturned off temporarily\b/i,
  /\b(?:remove|delete|drop|revert|undo) (?:this|these|the (?:hack|workaround|kludge)) (?:once|when|as soon as)\b/i,
  /\b(?:hard-?cod(?:ed?|ing)|skipp(?:ed|ing)|commented out|leav(?:e|ing) (?:it|this|that)|stick with|good enough|punt|not (?:supported|implemented|handled))\b[^.;]{0,60}\bfor now\b/i,
  /^\W{0,5}for now\W{0,3}$|\bfor now,? (?:we|just|it|this|only|i|simply|assume|ignore|skip)\b/i,
  /\b(?!(?:not|never|be|freed|done)\b)[^.\s]{2,40} for now\W{0,3}$/i,
  /\b(?:copied and pasted|copy-?pasted) from\b/i,
];

/** Every stopgap holds one of these; most comments hold none, and cost one look. */
const STOPGAP_HINT =
  /hack|udg|quick|dirty|band-aid|stop-?gap|temp|interim|makeshift|provisional|(?:remove|delete|drop|revert|undo) th|for now|pasted from/i;

/** Words of authors who do not trust, understand or want what they wrote. Praise and questions to the reader are none. */
const DOUBTS: readonly RegExp[] = [
  /\b(?:very |really |pretty |is |it's |this |still |so |also |but )(?:ugly|messy|hairy)\b|^\W{0,5}ugly\b|\bugly[,;:.!]|\bis ugly\b/i,
  /\byuck\b|\bugh\b|\bargh+\b|\bgrr+\b|\byow\b|(?<![\w-])wtf\b|\bbarf\b/i,
  /\b(?:real|really|this is|is just|pretty|so|plain|incredibly) (?:stupid|silly|dumb|lame|horrible|awful|terrible|hideous|brain-?dead)\b/i,
  /\bi hate\b|\b(?:this|it|which|really) sucks\b|\bcrappy\b/i,
  /\b(?:is there|there (?:must|has to|should|might|may|is probably|is)(?: be)?|find|need|think of|know|without|if)\b[^.?]{0,20} (?:a |any |some |no )?(?:much )?(?:better|cleaner|nicer|proper|more elegant|more efficient) way\b|\b(?:better|cleaner|nicer|more elegant|more efficient) way\s*(?:\?|to do this|of doing this|would be)/i,
  /\bneeded\s?\?|\b(?:is|are) (?:this|that|these|it|they) (?:really |actually |still |even )?(?:needed|necessary|right|correct|ok|okay|required|used)\b[^.?]{0,40}\?/i,
  /\bis (?:this|it) (?:the )?(?:right|best|correct) (?:way|place|thing)\b/i,
  /\bdo we (?:really |even |still |actually )?(?:need|want)\b[^.?]{0,60}\?/i,
  /\b(?:should|could|shouldn't|couldn't) (?:we|this|these|it)\b[^.?]{0,60}\?/i,
  /\bwhy (?:do|does|is|are|did|not|would|should) (?:we|this|these|it|they|the|not)\b[^.?]{0,60}\?|[([]why\s?\?[)\]]/i,
  /\bnot (?:really |quite |entirely |exactly |too |100% )?(?:sure|certain) (?:why|whether|if|how|what|that|where|about|this)\b/i,
  /\bi (?:don't|do not) (?:really |quite |exactly |actually )?know (?:why|what|how|whether|if)\b|\bwe (?:don't|do not) (?:really |quite |exactly |actually )?know why\b|\bi don't really know\b|\bjust don't know\b/i,
  /\b(?:i have |i've )?no idea (?:why|what|how|whether|if)\b|\bbeats me\b|\bcan(?:'t|not) figure out\b/i,
  /\b(?:this|it|they|these|code|class|method|function|which|that) (?:should|could) (?:probably|perhaps|maybe|really|ideally|eventually) (?:be|go|use|have|do|move)\b|\bshould(?:n't| not) (?:really|probably) be\b/i,
  /\b(?:this|it|they|these|code|class|method|function) should (?:eventually |really |probably )?be (?:moved|removed|refactored|replaced|deprecated|rewritten|cleaned|fixed|reworked|merged|factored|improved|extracted|eliminated|made (?:configurable|private|public))\b/i,
  /\bneeds? to be (?:moved|refactored|rewritten|cleaned|fixed|reworked|improved|reviewed|reconsidered)\b/i,
  /\bneeds? (?:some |more |further |a (?:bit|lot|little) (?:of |more )?)?(?:more work|work|thought|refactoring|clean-?up|rework|fixing|improvement)\b(?! (?:on|with|in)\b)/i,
  /\bneed to (?:re-?examine|revisit|rethink|reconsider|rework|re-?factor)\b(?! (?:the|its|their) \w+ (?:of|to|when|on)\b)|\b(?:we|i) (?:should|would) (?:probably )?(?:re-?engineer|re-?factor|rewrite|rework|revisit|rethink)\b/i,
  /\b(?:would|might|may) (?:probably )?be (?:much |a lot |far )?(?:better|nicer|cleaner|more efficient) (?:to|if|not|option|here)\b|\bit(?:'s| is| would be|'d be| may be| might be) (?:maybe |probably |perhaps )?better (?:to (?:use|have|call|do|leave|make|move)|if)\b/i,
  /^\W{0,5}(?:currently )?(?:not (?:currently |really |yet )?(?:used|needed|implemented|handled|working)(?: yet| currently| anymore)?|unused(?: currently)?|notused|unimplemented)(?:\W*$|[.,;]\s)/i,
  /^\W{0,5}not ?used\b/i,
  /\b(?:is|are|still|methods|but|feature|function) (?:still )?(?:not (?:yet )?implemented|not implemented yet|not yet finished|not yet handled|not fully (?:implemented|supported|handled))\b|\bstill needs? to be (?:implemented|done|fixed|tested|handled|ported|written|moved|cleaned|refactored)\b|\byet to be implemented\b|^\W{0,5}not yet (?:implemented|supported|handled|done)\b/i,
  /\bdoes(?:n't| not) (?:appear|seem) to be (?:used|needed|called)\b|\bapparently\b[^.]{0,40}\b(?:never|not) (?:called|used|needed)\b|\bapparently\b[^.]{0,40}\bbroken\b|\b(?:probably|perhaps|maybe) (?:not|no longer|never) (?:really |actually )?(?:needed|necessary|used|required)\b|\bi don't think (?:this|it|that)(?:'s| is) (?:needed|used|necessary)\b|\bperhaps not really\b/i,
  /^\W{0,5}(?:this |the next line |it |[\w.]+ )?(?:does not|doesn't) (?:really |actually |quite )?work(?: yet)?\s?(?:[:.!]|$)|\bdoesn't (?:seem|appear) to work\b|\bappears not to work\b|\bis not working\b/i,
  /\b(?:this|it|that|which|code|implementation|here|something)(?: is|'s| looks| seems)? (?:kinda |kind of |just |very |really |totally |completely |simply |clearly |still |probably |certainly |feels? )+(?:wrong|broken|buggy|flawed|incorrect)\b|\b(?:this|it) (?:is|looks|seems|feels) (?:wrong|broken|buggy)\b|^\W{0,5}(?:very|totally|completely) (?:wrong|broken)\b/i,
  /\b(?:prolly|probably|possibly|known|certainly) (?:a |an? )?bugs?\b|^\W{0,5}bugs? in\b(?! (?:the )?(?:\.net|jdk|java|gcc|clang|msvc|ie\d|safari|firefox|chrome|android|node|go|php|ruby|python)\b)|\bthis is a bug\b/i,
  /\b(?:very |really |terribly |horribly |pretty |highly |this is |quite )inefficient\b|\(inefficiently\)|\bprobably (?:not fast|inefficient|slow|more efficient)\b/i,
  /\bnot (?:very|really|particularly|so|too|the most|terribly|all that|exactly) (?:efficient|nice|pretty|elegant|optimal|ideal|clean|robust|good)\b|\b(?:far from|less than) (?:being )?(?:perfect|ideal|optimal|elegant)\b|\bnot (?:the best|ideal|optimal)\b|\bless elegant\b/i,
  /\bwork in progress\b|^\W{0,5}find out (?:why|how|what)\b/i,
  /\b(?:fix|clean(?: this| it)? up|implement|refactor|improve)(?: this| it| that| these)? later\b|\bperhaps\b[^.?]{0,60}\blater\?/i,
  /\bin the future,? (?:we|this|it) (?:should|may|might|will|could)\b|\bas a future enhancement\b|\b(?:we|you) (?:might|may) want to (?:change|use|support|make|move|replace|rethink)\b/i,
  /\b(?:lives?|stays?) here until\b|\b(?:until|till) (?:then|that is (?:fixed|resolved|done)|it(?:'s| is) (?:fixed|resolved))\b/i,
  /\b(?:we|this|it|just|i)(?:'ll| will)? (?:just )?(?:pray|hope for the best)\b|\bhope (?:this|it|everything) works\b|\b(?:we're|i'm|this is|sort of|kind of) cheating\b/i,
  /\b(?:that's|is pretty|very|really|so|how|quite|totally) (?:weird|bizarre)\b(?!,? but correct)|\bstrange(?:ly)?[!,] (?:but|however)\b|; strange!/i,
  /\bfor (?:some|historical) reasons?\?|\bhistorical reasons\?|\bfor some (?:unknown|strange|odd|weird) reason\b/i,
  /\b(?:bit|somewhat|rather|too|very|quite) (?:risky|fragile|brittle|hokey|dodgy|flaky|sloppy)\b/i,
  /^\W{0,5}\?{2,}|\?{3,}/,
  /\bperhaps (?:we|this|it|a|some|something|the)\b[^.]{0,30} (?:should|could|would)\b|\bmaybe (?:we|this|it) (?:should|could)\b/i,
  /^\W{0,5}(?:BUG|REVISIT|REVIEW|OPTIMI[SZ]E|KLUDGE|REFACTOR|TBD|FIX)\b(?=\s?[:!?-]|\s+[a-z])(?!\s*(?:#?\d|for\b))/,
  /\b(?:is|are) (?:really |very |so )?unfortunate\b|\b(?:this|it) isn't (?:quite|very|really) (?:right|solid|clean|nice|pretty)\b/i,
  /\b(?:at a loss|hang our heads in shame|get rid of this|doubt that this|give up and go away|trial and error|abandon all hope|remove me before|bs)\b(?=\W|$)|\bkaboom\b|\btoss it\b/i,
];
const JAPANESE: readonly RegExp[] = [
  /とりあえず|取り敢えず|取りあえず/u,
  /一旦(?:これで|ここで|この|コメント|放置|固定|ハードコード|仮|無視|保留|スキップ|無効|べた書き|ベタ書き)/u,
  /応急(?:処置|対応|措置)|その場しのぎ|場当たり|苦肉の策|力技|やっつけ|無理やり|無理矢理|付け焼き刃|ワークアラウンド/u,
  /(?:ひとまず|いったん|今のところは?|当面は?)(?:これで|ハードコード|固定|仮|無視|無効|スキップ|ベタ書き|コメントアウト)/u,
];
/** One that names the defect it gets around is how such things should be noted. */
const WORKAROUND = /(?<!(?:difficult|hard|impossible|way) to )\bwork-?\s?around\b/i;

const MAX_WORDS = 80;

interface AdmissionOptions {
  /** Says what callers may expect: what sounds like a doubt there is part of it. */
  isDocumentation?: boolean;
  /** Further terms of stopgaps, as written. */
  terms?: readonly string[];
}

/** Where a comment admits that what stands there is not the real solution, or not trusted; null without any. */
export function findAdmission(
  comment: string,
  { isDocumentation = false, terms = [] }: AdmissionOptions = {},
): Admission | null {
  const text = maskQuoted(comment);
  const stopgap =
    (STOPGAP_HINT.test(text) ? firstOf(STOPGAPS, text) : undefined) ??
    firstOf(JAPANESE, text) ??
    terms.find((term) => text.includes(term));
  if (stopgap !== undefined) return { words: stopgap, kind: 'stopgap' };
  const workaround = firstOf([WORKAROUND], text);
  if (workaround !== undefined && !isTracked(text)) return { words: workaround, kind: 'workaround' };
  const doubt = isDocumentation ? undefined : firstOf(DOUBTS, text);
  return doubt === undefined ? null : { words: doubt, kind: 'doubt' };
}

function firstOf(patterns: readonly RegExp[], text: string): string | undefined {
  for (const pattern of patterns) {
    const match = pattern.exec(text);
    if (match) return match[0].replace(/^[\s,;:.·-]+|[\s,;:.]+$/gu, '').slice(0, MAX_WORDS);
  }
  return undefined;
}
