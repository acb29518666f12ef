/** Common licences by their SPDX id; a bill of materials may only call these an id. */
const IDS: ReadonlySet<string> = new Set(
  (
    '0BSD AFL-2.1 AFL-3.0 AGPL-3.0 AGPL-3.0-only AGPL-3.0-or-later Apache-1.1 Apache-2.0 Artistic-1.0 Artistic-2.0 ' +
    'BlueOak-1.0.0 BSD-1-Clause BSD-2-Clause BSD-3-Clause BSD-4-Clause BSD-3-Clause-Clear BSL-1.0 CC-BY-3.0 CC-BY-4.0 ' +
    'CC-BY-SA-4.0 CC0-1.0 CDDL-1.0 CDDL-1.1 EPL-1.0 EPL-2.0 EUPL-1.2 GPL-2.0 GPL-2.0-only GPL-2.0-or-later GPL-3.0 ' +
    'GPL-3.0-only GPL-3.0-or-later ISC LGPL-2.1 LGPL-2.1-only LGPL-2.1-or-later LGPL-3.0 LGPL-3.0-only LGPL-3.0-or-later ' +
    'MIT MIT-0 MPL-1.1 MPL-2.0 MS-PL OFL-1.1 OSL-3.0 PostgreSQL PSF-2.0 Python-2.0 Ruby Unicode-3.0 Unicode-DFS-2016 ' +
    'Unlicense UPL-1.0 W3C WTFPL X11 Zlib ZPL-2.1'
  ).split(' '),
);

type LicenceForm = { license: { id: string } | { name: string } } | { expression: string };

/** An id, an expression of ids, else the name as it was written. */
export function classifyLicence(text: string): LicenceForm {
  if (IDS.has(text)) return { license: { id: text } };
  const words = text.replace(/[()]/g, ' ').split(' ').filter(Boolean);
  const isExpression =
    words.length > 2 &&
    words.length % 2 === 1 &&
    words.every((word, index) => (index % 2 === 0 ? IDS.has(word) : word === 'AND' || word === 'OR'));
  return isExpression ? { expression: text } : { license: { name: text } };
}
