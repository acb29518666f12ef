import type { CodeTree } from '../../code/code-tree';
import type { NodeIndex } from '../types';

/** What is slow, blocks, or does not scale in a language. Callees are as written, without white space. */
export interface SlowTable {
  /** The function answers requests of a server. */
  isHandler?(tree: CodeTree, fn: NodeIndex): boolean;
  isAsync?(tree: CodeTree, fn: NodeIndex): boolean;
  /** Stops the thread for a fixed time. */
  sleep?: RegExp;
  /** Stops the thread, and with it all else that an asynchronous function shares it with. */
  blocking?: RegExp;
  /** Blocking calls that end by themselves, which do no harm before requests come. */
  blockingOnce?: RegExp;
  /** All handlers share one thread, so that blocking calls count in any of them. */
  hasOneThread?: boolean;
  /** A call, or a node that `clients` names, that waits for another machine for ever. */
  timeoutless?(tree: CodeTree, node: NodeIndex, callee: string): boolean;
  /** Clients made without a call: their kind, and a text that a file with one holds. */
  clients?: { kind: string; text: string };
  /** Asks a database or another machine. */
  query?: RegExp;
  /** Only a query that is waited for, `await …`, holds up the loop. */
  awaitsQueries?: boolean;
  /** Head of a loop over elements; group `names`: what each of them is called. */
  eachLoop?: RegExp;
  /** Compiles a regular expression. */
  pattern?: RegExp;
  /** Kinds of assignments, with the fields `left` and `right`, that copy a text to append to it. */
  appends?: readonly string[];
  /** Names of variables that all requests share. */
  sharedNames?(tree: CodeTree, fn: NodeIndex): readonly string[];
  /** Kinds that write to a variable. */
  writes?: readonly string[];
  /** The text of the function guards what it shares. */
  guard?: RegExp;
  /** Asks for all rows of a table. */
  wholeTable?(tree: CodeTree, call: NodeIndex, callee: string): boolean;
  /** Names of collections of the whole process that begin empty. */
  collections?(tree: CodeTree): readonly string[];
  /** A call of this name puts something into the collection. */
  adds?(callee: string, name: string): boolean;
  /** A line that keeps sessions or a cache on the disk of the machine; its groups are literals, as it is called. */
  localStore?: RegExp;
  /** Import of what makes sessions; group `imported` or `required`: its name in the file. */
  sessionMaker?: RegExp;
}
