import type { SecurityFlawFact } from '@/lib/magics/facts/code';

export type SecurityForm = SecurityFlawFact['form'];

/** A call that is a flaw by its name, or by its name and its arguments. Patterns are linear in the text. */
export interface CallPattern {
  form: SecurityForm;
  /** On the callee, with the names of imports written out where the language renames them. */
  callee: RegExp;
  /** On the text of the arguments, parentheses included. */
  given?: RegExp;
  /** Arguments that make the call harmless. */
  unless?: RegExp;
  /** On the name of the function around the call. */
  unlessIn?: RegExp;
  /** On what follows the call: a method that makes the result harmless. */
  unlessThen?: RegExp;
  /** On the specifiers of the file's imports. */
  imported?: RegExp;
  /** A literal as first argument is harmless. */
  needsVariable?: boolean;
  /** A flaw only where a secret is made or kept. */
  needsSecret?: boolean;
  /** Form where a secret is made or kept. */
  secretForm?: SecurityForm;
}

/** A name and the value it gets, as they stand in the text: `InsecureSkipVerify: true`. */
export interface SettingPattern {
  form: SecurityForm;
  /** Global; begins with the name. What it matches in comments and inside longer strings does not count. */
  text: RegExp;
  imported?: RegExp;
}

/** A function of that name whose whole body lets everything pass. */
export interface HollowFunction {
  form: SecurityForm;
  name: RegExp;
  /** On the text of the body, white space folded. */
  body: RegExp;
  /** On the text of the function before its body. */
  parameters?: RegExp;
}

/** A name that is given markup: `innerHTML`. Only values that are not literals count. */
export interface SinkPattern {
  form: SecurityForm;
  /** Global; ends before the value. */
  text: RegExp;
}

export interface SecurityTable {
  calls: readonly CallPattern[];
  settings?: readonly SettingPattern[];
  hollow?: readonly HollowFunction[];
  sinks?: readonly SinkPattern[];
  /** How text is put together, for statements of a database. */
  sql?: SqlTable;
}

export interface SqlTable {
  /** Operators between two texts. */
  join: RegExp;
  /** Callees that fill the holes of a text given first. */
  format?: RegExp;
  /** Methods of the text itself that fill its holes. */
  formatMethod?: RegExp;
  /** Holes of such a text that take any text. */
  hole?: RegExp;
  /** Names inside a text that it takes in though the grammar reads them as text. */
  bareHole?: RegExp;
}
