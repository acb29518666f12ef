import type { CodeTree } from '../../code/code-tree';
import type { NodeIndex } from '../types';

/** A key of a map literal or a value of a switch. */
export interface Key {
  node: NodeIndex;
  /** Equal for keys that are the same at run time. */
  text: string;
  /** As written. */
  shown: string;
}

/** What the collectors of logic flaws need to know of a language. */
export interface LogicTable {
  /** Callee of a call that asks about its arguments, or about what it is called on, and changes nothing. */
  question?: RegExp;
  /** Whole text of a condition that always, or never, holds. */
  alwaysTrue: RegExp;
  alwaysFalse: RegExp;
  /** Text of NaN. */
  notANumber?: RegExp;
  /** `typeof x` gives one of a few words, and each literal of an object is a new one. */
  hasTypeofOperator?: boolean;
  /** Kinds of `target = value`, with the fields `left` and `right`. */
  assignments: readonly string[];
  /** Where the value is written differently from the target. */
  isSelfAssignment?(tree: CodeTree, target: NodeIndex, value: NodeIndex): boolean;
  /** A self-assignment that has a purpose. */
  isMeantSelfAssignment?(tree: CodeTree, assignment: NodeIndex, target: NodeIndex): boolean;
  /** Kinds of map literals and switches. */
  keyedKinds: readonly string[];
  /** Keys of one of them in order; null stands for a part that may bring any keys: `...rest`. */
  keys(tree: CodeTree, node: NodeIndex): (Key | null)[];
  /** Callee of a call that only computes a value. */
  pure?: RegExp;
  /** Decides on a callee that `pure` names. */
  isPureCall?(tree: CodeTree, call: NodeIndex, callee: string): boolean;
  /** Equality that converts its operands, and the strict one to use instead. */
  looseEquality?: readonly string[];
  /** Loose equality is the custom; only values that many others turn into are worth a word. */
  reportsOnlyTraps?: boolean;
  /** Parameters with a default value that all calls share. */
  mutableDefaults?(tree: CodeTree): { node: NodeIndex; isChanged: boolean }[];
  /** Functions made in a loop, kept beyond it, that read a variable all rounds share. */
  capturedVariables?(tree: CodeTree): { node: NodeIndex; name: string }[];
  /** An expression is a statement without a node of its own. */
  hasBareStatements?: boolean;
  /** Kinds in a block before which a statement is its value, though it is not the last. */
  endsValue?: readonly string[];
  /** A comparison may stand as a statement. */
  allowsBareComparison?: boolean;
  /** Kinds that introduce a local variable. */
  declarations: readonly string[];
  /** Kinds that a `break` leaves, besides loops. */
  breakable: readonly string[];
  /** Callee, or text of a statement, that ends the program or the function. */
  exit?: RegExp;
  /** A condition that belongs to a loop with the word `until`. */
  isNegated?(tree: CodeTree, loop: NodeIndex): boolean;
  /** Arguments may be changed by what they are passed to. */
  passesByReference?: boolean;
}
