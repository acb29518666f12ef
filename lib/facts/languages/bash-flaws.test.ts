import { expect, test } from 'vitest';
import { collectBlob } from '../collect-blob';

async function flaws(text: string) {
  const { shellFlaws } = await collectBlob('run.sh', new TextEncoder().encode(text));
  return shellFlaws.map(({ form, line, name }) => [form, line, name]);
}

const PROGRAM = 'make\ncp a b\ntar x\ncurl y\n';

test.each([
  ['#!/bin/bash\n', 1],
  ['#!/bin/bash\nset -euo pipefail\n', 0],
  ['#!/bin/sh -e\n', 0],
  ['#!/usr/bin/env bash\nset -o errexit\n', 0],
  ['#!/bin/bash\ntrap "exit 1" ERR\n', 0],
  ['#!/bin/bash\ncd x || exit 1\n', 0],
  ['', 0],
])('%j stops on errors or is reported', async (head, count) => {
  expect(await flaws(head + PROGRAM)).toHaveLength(count);
});

test('a pipeline is one step, and what is run for its output none', async () => {
  expect(await flaws('#!/bin/bash\na=$(git log | tail)\ncurl x | jq y | sort | grep z\n')).toEqual([]);
});

test('a file of functions is no program', async () => {
  expect(await flaws('#!/bin/bash\nrun() {\n  make\n  cp a b\n  tar x\n  curl y\n}\n')).toEqual([]);
});

test('expansions outside quotes count where the words are names of files', async () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an expansion of the shell
  const text = 'rm -rf $target/build\ncp "$a" ${b}\ncd $1\necho $x\n';

  expect(await flaws(text)).toEqual([
    ['unquoted', 1, 'rm $target'],
    ['unquoted', 2, 'cp $b'],
    ['unquoted', 3, 'cd $1'],
  ]);
});

test.each([
  'dir=build\nrm -rf $dir\n',
  'base=out\ndir=$base/x\nrm -rf $dir\n',
  'dir=$(mktemp -d)\nrm -rf $dir\n',
  'for f in a b c; do\n  rm $f\ndone\n',
  'rm -rf "$dir"/*\n',
  'rm $opts "$dir"\n',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an expansion of the shell
  'rm "${files[@]}"\n',
  'dir=\'a b\'\nrm "$dir"\n',
])('%j is safe', async (text) => {
  expect(await flaws(text)).toEqual([]);
});

test.each(['dir="a b"\nrm -rf $dir\n', 'for f in *.txt; do\n  rm $f\ndone\n', 'read -r dir\ndir=x\nrm $dir\n'])(
  '%j is not',
  async (text) => {
    expect(await flaws(text)).toHaveLength(1);
  },
);
