/** Licences told by their own words and by the names people give them. Ids are those of SPDX without `-only` and `-or-later`. */

const TEXTS: readonly (readonly [id: string, pattern: RegExp])[] = [
  ['AGPL-3.0', /GNU AFFERO GENERAL PUBLIC LICENSE\s{1,80}Version 3/i],
  ['LGPL-3.0', /GNU LESSER GENERAL PUBLIC LICENSE\s{1,80}Version 3/i],
  ['LGPL-2.1', /GNU LESSER GENERAL PUBLIC LICENSE\s{1,80}Version 2\.1/i],
  ['GPL-3.0', /GNU GENERAL PUBLIC LICENSE\s{1,80}Version 3/i],
  ['GPL-2.0', /GNU GENERAL PUBLIC LICENSE\s{1,80}Version 2/i],
  ['Apache-2.0', /Apache License,?\s{1,80}Version 2\.0/i],
  ['MPL-2.0', /Mozilla Public License,?\s{1,10}(?:Version|v\.?)\s{1,5}2\.0/i],
  ['EPL-2.0', /Eclipse Public License\s{1,5}-\s{1,5}v\s{0,3}2\.0/i],
  ['BSL-1.0', /Boost Software License\s{1,5}-\s{1,5}Version 1\.0/i],
  ['CC0-1.0', /CC0 1\.0 Universal/i],
  ['Unlicense', /This is free and unencumbered software released into the public domain/i],
  ['ISC', /Permission to use, copy, modify, and\/or distribute this software for any\s{1,10}purpose/i],
  ['MIT', /Permission is hereby granted, free of charge, to any\s{1,10}person obtaining a copy/i],
];
const BSD = /Redistribution and use in source and binary forms,? with or without/i;
const BSD_THIRD_CLAUSE = /Neither the name|may not be used to endorse|names? of [^.]{0,120} to endorse/i;

/** All licences whose words a text holds, sorted; empty when it holds none that is known. */
export function licencesIn(text: string): string[] {
  const folded = text
    .split('\n')
    .map((line) => line.trim().replace(/^[#*>][ \t]{0,10}/, ''))
    .join('\n');
  const found = TEXTS.filter(([, pattern]) => pattern.test(folded)).map(([id]) => id);
  if (BSD.test(folded))
    found.push(BSD_THIRD_CLAUSE.test(folded.replace(/\s+/g, ' ')) ? 'BSD-3-Clause' : 'BSD-2-Clause');
  return found.sort();
}

const NAMES: readonly (readonly [id: string, name: RegExp])[] = [
  ['AGPL-3.0', /^(?:GNU )?AGPL[- ]?v?3(?:\.0)?(?:\+|-only|-or-later)?$/i],
  ['LGPL-3.0', /^(?:GNU )?LGPL[- ]?v?3(?:\.0)?(?:\+|-only|-or-later)?$/i],
  ['LGPL-2.1', /^(?:GNU )?LGPL[- ]?v?2\.1(?:\+|-only|-or-later)?$/i],
  ['GPL-3.0', /^(?:GNU )?GPL[- ]?v?3(?:\.0)?(?:\+|-only|-or-later)?$/i],
  ['GPL-2.0', /^(?:GNU )?GPL[- ]?v?2(?:\.0)?(?:\+|-only|-or-later)?$/i],
  ['Apache-2.0', /^(?:The )?Apache(?: Software)?(?:[- ]License)?,?[- ]?(?:v|version )?2(?:\.0)?(?: license)?$/i],
  ['MPL-2.0', /^(?:MPL|Mozilla Public License)[- ]?v?(?:version )?2(?:\.0)?$/i],
  ['EPL-2.0', /^(?:EPL|Eclipse Public License)[- ]?v?2(?:\.0)?$/i],
  ['BSL-1.0', /^BSL-1\.0$/i],
  ['CC0-1.0', /^CC0(?:-1\.0)?$/i],
  ['Unlicense', /^(?:The )?Unlicen[cs]e$/i],
  ['ISC', /^(?:The )?ISC(?: licen[cs]e)?$/i],
  ['MIT', /^(?:The )?MIT(?: licen[cs]e)?$/i],
  ['BSD-3-Clause', /^(?:(?:New|Modified|Revised) )?(?:BSD[- ]3(?:[- ]Clause)?|3-Clause BSD|New BSD)(?: licen[cs]e)?$/i],
  ['BSD-2-Clause', /^(?:BSD[- ]2(?:[- ]Clause)?|2-Clause BSD|Simplified BSD)(?: licen[cs]e)?$/i],
];

const MAX_DECLARATION = 300;

/** Ids that a declaration offers or demands; null when one of its parts is not known. */
export function declaredLicences(declaration: string): string[] | null {
  const parts = declaration
    .slice(0, MAX_DECLARATION)
    .replace(/[()\s]+/g, ' ')
    .split(/ (?:OR|AND) |\/| WITH [\w.-]+/i)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const ids = parts.map((part) => NAMES.find(([, name]) => name.test(part))?.[0]);
  return ids.length > 0 && ids.every((id) => id !== undefined) ? [...new Set(ids as string[])].sort() : null;
}
