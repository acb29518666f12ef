import { expect, test } from 'vitest';
import { dockerfileFlaws, makefileFlaws } from './build-files';

const docker = (text: string) => dockerfileFlaws(text).map(({ form, line, name }) => [form, line, name]);

test.each([
  ['FROM node\n', [['latest', 1, 'node']]],
  [
    'FROM --platform=linux/amd64 registry:5000/acme/app:latest AS build\n',
    [['latest', 1, 'registry:5000/acme/app:latest']],
  ],
  ['FROM registry:5000/acme/app\n', [['latest', 1, 'registry:5000/acme/app']]],
  ['FROM node:22\n', []],
  ['FROM node@sha256:abc\n', []],
  ['ARG BASE\nFROM $BASE\nEXPOSE 80\n', []],
  ['FROM golang:1 AS build\nFROM build AS more\nFROM scratch\nEXPOSE 80\n', []],
  ['FROM node:22\nEXPOSE 80\n', [['root', 1, 'node:22']]],
  ['FROM node:22\nUSER node\nEXPOSE 80\nUSER root\n', [['root', 1, 'node:22']]],
  ['FROM node:22 AS base\nUSER node\nFROM base\nEXPOSE 80\n', []],
  ['FROM python:3.12\nRUN apt-get install -y gosu\nEXPOSE 80\n', []],
  ['FROM nginxinc/nginx-unprivileged:1\nEXPOSE 80\n', []],
  ['# FROM node\nFROM \\\n  node:22\nCMD ["x"]\n', []],
])('%j', (text, expected) => {
  expect(docker(text)).toEqual(expected);
});

const make = (text: string, paths: string[] = []) =>
  makefileFlaws(text, '.', (path) => paths.includes(path)).map(({ form, line, name }) => [form, line, name]);

test.each([
  ['.PHONY: build test\nbuild:\n\tgo build\n', [['dead-target', 1, 'test']]],
  ['.PHONY: a \\\n  b\na b: c\n\ttrue\n', []],
  ['include x.mk\n.PHONY: test\n', []],
  ['.PHONY: test-%\n%.o: %.c\n\tcc\n', []],
  ['test:\n\t./scripts/test.sh -v\n', [['missing-script', 2, 'scripts/test.sh']]],
  ['test:\n\t@bash scripts/test.sh\n\tcd x && ./y.sh\n', [['missing-script', 2, 'scripts/test.sh']]],
  ['test: run.sh\n\t./run.sh\nrun.sh:\n\techo > run.sh\n', []],
  ['test:\n\t./bin/app $(ARGS)\n', []],
  ['X := a:b\nY = c\ntest:\n\techo ./x.sh\n', []],
])('%j', (text, expected) => {
  expect(make(text)).toEqual(expected);
});

test('scripts that are there are fine', () => {
  expect(make('test:\n\t./scripts/test.sh\n', ['scripts/test.sh'])).toEqual([]);
});
