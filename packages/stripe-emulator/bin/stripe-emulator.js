#!/usr/bin/env node
// What is published has the compiled command. The repository it is developed in has the source
// instead, which tsx runs, so that nothing needs to be built there.

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';

// V8 lets garbage pile up to several times what is in use. It runs beside an app, a browser and tests.
setFlagsFromString('--heap-growing-percent=40');

const source = new URL('../src/command.ts', import.meta.url);
const isSource = existsSync(source);
if (isSource) {
  process.env.TSX_TSCONFIG_PATH = fileURLToPath(new URL('../tsconfig.json', import.meta.url));
  await import('tsx');
}
const { runCommand } = await import(isSource ? source.href : '../dist/command.js');
const code = await runCommand(process.argv.slice(2));
if (code !== undefined) process.exit(code);
