const HEAD_CHARACTERS = 2_000;

/** Headers that tools write; a sentence about generated code in the middle of a file does not count. */
const HEADER =
  /(?:^|\n)[ \t]{0,40}(?:\/\/|\/\*{1,10}|\*|#{1,4}|--|<!--|;{1,4}|%|"""|\(\*)?[ \t!*-]{0,40}(?:@generated\b|code generated .{0,120}do not edit|(?:this|the) (?:file|code|class|module) (?:is|was|has been) (?:auto-?matically |auto-?)?generated\b|auto-?generated (?:by|from|file|code|using|with)\b|<auto-?generated|generated from [^\n]{1,200} by [A-Z]|generated (?:automatically )?by .{0,80}(?:do not (?:edit|modify)|protoc|swagger|openapi|thrift|antlr|bison|flex|swig|cython|grpc)|do not (?:edit|modify)[ ,.:!-]+(?:this (?:file|code) (?:is|was) )?(?:auto|generated))/i;

export function hasGeneratedHeader(text: string): boolean {
  return HEADER.test(text.slice(0, HEAD_CHARACTERS));
}

/** How a bundler opens the modules it joins; the modules themselves may be as readable as ever. */
const BUNDLE = /\[function\s?\(require,\s?module,\s?exports\)|\/\*{6}\/\s*(?:\(|var __webpack_modules__)/;

export function looksBundled(text: string, path: string): boolean {
  return /\.[cm]?js$/i.test(path) && BUNDLE.test(text.slice(0, HEAD_CHARACTERS));
}

/** Few, very long lines: written by a bundler or a serialiser. */
export function looksMinified(text: string, path: string): boolean {
  if (!/\.(?:[cm]?js|css)$/i.test(path) || text.length < 5_000) return false;
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return text.length / lines > 300;
}
