import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRuntimeFile, readRuntimes } from './runtimes';

function read(files: Record<string, string>) {
  const rows = readRuntimes(Object.entries(files).map(([path, text]) => ({ path, text })));
  return rows.map(({ path, line, product, version }) => `${path}:${line} ${product} ${version}`);
}

describe('container images', () => {
  test.each([
    ['FROM node:18', ['node 18']],
    ['FROM docker.io/library/python:3.8.10-slim-buster', ['debian 10', 'python 3.8.10']],
    ['from --platform=$BUILDPLATFORM golang:1.19-alpine3.16@sha256:aa AS build', ['alpine 3.16', 'go 1.19']],
    ['FROM mcr.microsoft.com/dotnet/aspnet:6.0-jammy', ['dotnet 6.0', 'ubuntu 22.04']],
    ['FROM eclipse-temurin:17-jre-focal', ['java 17', 'ubuntu 20.04']],
    ['FROM debian:bullseye-20230109-slim', ['debian 11']],
    ['FROM debian:11.6', ['debian 11.6']],
    ['FROM ubuntu:focal', ['ubuntu 20.04']],
    ['FROM node:lts', []],
    ['FROM node', []],
    ['FROM registry:5000/node', []],
    ['FROM example.com/node:12', []],
    ['FROM scratch', []],
    ['FROM node:$UNKNOWN', []],
    ['FROM node:\u0024{V:-16}-slim', ['node 16']],
    ['# FROM node:12', []],
    ['RUN echo FROM node:12', []],
  ])('%s', (line, rows) => {
    expect(read({ Dockerfile: `${line}\n` })).toEqual(rows.map((row) => `Dockerfile:1 ${row}`));
  });

  test('arguments before the first stage are filled in, stages are no images', () => {
    const text = 'ARG V=16\nFROM node:$V AS node\nARG V=12\nFROM node\nFROM node:$V\n';

    expect(read({ 'web/app.dockerfile': text })).toEqual([
      'web/app.dockerfile:2 node 16',
      'web/app.dockerfile:5 node 16',
    ]);
  });

  test('compose files', () => {
    expect(
      read({ 'compose.yaml': 'services:\n  web:\n    image: "php:7.4-fpm" # old\n  db:\n    image: postgres:9\n' }),
    ).toEqual(['compose.yaml:3 php 7.4']);
  });
});

test.each([
  ['.nvmrc', 'v16.20.0\n', ['node 16.20.0']],
  ['.nvmrc', 'lts/gallium\n', ['node 16']],
  ['.nvmrc', 'lts/*\n', []],
  ['.python-version', '# pinned\n3.8.1\n3.9\n', ['python 3.8.1']],
  ['runtime.txt', 'python-3.7.2\n', ['python 3.7.2']],
  ['.ruby-version', 'ruby-2.7.6\n', ['ruby 2.7.6']],
  ['.java-version', '1.8.0\n', ['java 8.0']],
  ['.tool-versions', 'nodejs 14.1.0\nterraform 1.0\njava temurin-17.0.1+12\n', ['node 14.1.0', 'java 17.0.1']],
  ['package.json', '{\n"engines": {\n"node": "14.x"}}', ['node 14']],
  ['package.json', '{"engines": {"node": ">=14"}, "volta": {"node": "16.1.0"}}', ['node 16.1.0']],
  ['package.json', '{"engines": {"node": "^14 || >=16"}}', []],
  ['composer.json', '{"config": {"platform": {"php": "7.4.1"}}, "require": {"php": ">=7.2"}}', ['php 7.4.1']],
  ['Pipfile', '[requires]\npython_version = "3.7"\n', ['python 3.7']],
  ['global.json', '{"sdk": {"version": "6.0.400"}}', ['dotnet 6.0']],
  ['Gemfile', 'source "x"\nruby "2.7.0"\n', ['ruby 2.7.0']],
  [
    'a/App.csproj',
    '<Project Sdk="Microsoft.NET.Sdk.Web"><TargetFramework>netcoreapp3.1</TargetFramework></Project>',
    ['dotnet 3.1'],
  ],
  ['a/Lib.csproj', '<Project Sdk="Microsoft.NET.Sdk"><TargetFramework>net6.0</TargetFramework></Project>', []],
  ['examples/Dockerfile', 'FROM node:12\n', []],
])('%s %s', (path, text, rows) => {
  expect(read({ [path]: text }).map((row) => row.replace(/^\S+ /, ''))).toEqual(rows);
});

test('no text makes a reader throw', () => {
  const paths = [
    'Dockerfile',
    'compose.yml',
    '.nvmrc',
    '.tool-versions',
    'package.json',
    'Pipfile',
    'global.json',
    'Gemfile',
    'a.csproj',
  ];
  const part = fc.oneof(
    fc.constantFrom(
      'FROM ',
      'ARG A=',
      '$A',
      ':',
      '@',
      'node:16',
      '\n',
      '{',
      '}',
      '"node"',
      '"engines":',
      '<TargetFramework>net6.0<',
      'ruby "3',
      ' ',
    ),
    fc.string({ maxLength: 6 }),
  );
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.array(part, { maxLength: 30 }), (path, parts) => {
      expect(isRuntimeFile(path)).toBe(true);
      for (const row of read({ [path]: parts.join('') })) expect(row).toMatch(/^\S+:\d+ [a-z]+ [\d.]+$/);
    }),
    { numRuns: 300 },
  );
});
