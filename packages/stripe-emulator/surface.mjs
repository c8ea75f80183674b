// Writes `src/core/stripe-surface.json`: which endpoints, parameters, fields and event types Stripe has,
// and since and until which version of its API, read from the types of one official SDK for each version.
// `node packages/stripe-emulator/surface.mjs` after a new version: add it to SDKS, at the end.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The newest SDK of each version, oldest first. Marks in the file are places in this list. */
const SDKS = [
  ...['16.12.0', '17.0.0', '17.3.1', '17.4.0', '17.5.0', '17.6.0', '17.7.0', '18.0.0', '18.1.1'],
  ...['18.2.1', '18.3.0', '18.4.0', '18.5.0', '19.0.0', '19.3.1', '20.0.0', '20.1.2', '20.3.1'],
  ...['20.4.1', '21.0.1', '22.1.1', '22.2.3', '22.3.2', '22.5.0', '22.6.2', '23.0.1', '23.1.0'],
];

/** Products the emulator has nothing of: their endpoints are listed, their parameters are not. */
const ELSEWHERE =
  /^\w+ \/(v2\/(commerce|core\/(account|vault)\w*|money_management)|v1\/(apps|apple_pay|climate|crypto|financial_connections|forwarding|identity|issuing|payment_records|reporting|sigma|tax|terminal|test_helpers\/(issuing|terminal|treasury)|treasury))\//;

/** The SDKs are installed here, unless a folder that has them is named. */
const folder = process.argv[2] ?? mkdtempSync(path.join(tmpdir(), 'stripe-surface-'));
if (!existsSync(path.join(folder, 'node_modules'))) {
  // TypeScript 7 has no API for programs.
  const sdks = Object.fromEntries(SDKS.map((sdk) => [aliasOf(sdk), `npm:stripe@${sdk}`]));
  const manifest = { private: true, dependencies: { ...sdks, typescript: '5.9.3' } };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
  execFileSync('npm', ['install', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'inherit' });
}
const ts = createRequire(path.join(folder, 'package.json'))('typescript');

const surfaces = SDKS.map((sdk) => {
  const surface = read(path.join(folder, 'node_modules', aliasOf(sdk)));
  console.log(
    surface.version,
    surface.endpoints.size,
    'endpoints',
    surface.objects.size,
    'objects',
  );
  return surface;
});
const written = {
  versions: surfaces.map(({ version }) => version),
  endpoints: merged('endpoints', (name, trees) => {
    const inner = ELSEWHERE.test(name) ? '' : encoded(trees);
    return marks(presence(trees)) + enclosed(inner);
  }),
  objects: merged('objects', (_name, trees) => enclosed(encoded(trees, { changedOnly: true }))),
  events: merged('events', (_name, trees) => marks(presence(trees))),
};
for (const [name, shape] of Object.entries(written.objects)) {
  if (shape === '') delete written.objects[name];
}
writeFileSync(
  path.join(import.meta.dirname, 'src/core/stripe-surface.json'),
  `${JSON.stringify(written, null, 2).replace(/\[\n\s+([^\]]*?)\n\s+\]/, '[\n    $1\n  ]')}\n`,
);
if (!process.argv[2]) rmSync(folder, { recursive: true });

function aliasOf(sdk) {
  return `sdk-${sdk.replaceAll('.', '-')}`;
}

/** One shape for each name any version has, in the order of names. */
function merged(part, shapeOf) {
  const names = [...new Set(surfaces.flatMap((surface) => [...surface[part].keys()]))].sort();
  return Object.fromEntries(
    names.map((name) => [
      name,
      shapeOf(
        name,
        surfaces.map((surface) => surface[part].get(name)),
      ),
    ]),
  );
}

function presence(trees) {
  return trees.map((tree) => tree !== undefined);
}

/** `+5` since the version at place 5, `-7` no longer in the one at 7; places are in base 36. */
function marks(present, parent = present.map(() => true)) {
  const since = present.indexOf(true);
  const last = present.lastIndexOf(true);
  const isNew = since > parent.indexOf(true);
  const isGone = parent.slice(last + 1).includes(true);
  return (isNew ? `+${since.toString(36)}` : '') + (isGone ? `-${(last + 1).toString(36)}` : '');
}

function enclosed(inner) {
  return inner === '' || inner === '*' ? '' : `(${inner})`;
}

/** `name(child,other+5(grandchild))`; `*` stands for every element or every key. */
function encoded(trees, { changedOnly = false } = {}) {
  const parent = trees.map((tree) => typeof tree === 'object');
  const names = new Set(trees.flatMap((tree) => Object.keys(tree ?? {})));
  return [...names]
    .map((name) => {
      const inner = trees.map((tree) => tree?.[name]);
      const mark = marks(presence(inner), parent);
      const children = enclosed(encoded(inner, { changedOnly }));
      return changedOnly && mark === '' && children === '' ? '' : name + mark + children;
    })
    .filter((text) => text !== '')
    .join(',');
}

/** What one SDK says the API has. Trees are objects of names; a leaf is an empty one. */
function read(root) {
  const source = readFileSync(path.join(root, 'cjs/apiVersion.js'), 'utf8');
  const version = /ApiVersion = '([^']+)'/.exec(source)[1];
  const hasTypesFolder = existsSync(path.join(root, 'types'));
  const program = ts.createProgram(
    hasTypesFolder
      ? [path.join(root, 'types/index.d.ts')]
      : filesIn(path.join(root, 'esm')).filter((file) => file.endsWith('.d.ts')),
    { strict: true, target: 99, module: 99, moduleResolution: 100, skipLibCheck: true, types: [] },
  );
  const checker = program.getTypeChecker();
  const { classes, interfaces } = declarationsOf(program, root);
  const objects = new Map();
  for (const [name, nodes] of interfaces) {
    const trees = nodes.map((node) =>
      treeOf(checker, interfaces, checker.getTypeAtLocation(node), { isReply: true }),
    );
    objects.set(name, trees.reduce(together));
  }
  const endpoints = new Map();
  for (const { file, method, name, url } of methodsOf(root, hasTypesFolder)) {
    let tree = {};
    for (const declaration of classes.get(file) ?? []) {
      for (const member of declaration.members) {
        if (!ts.isMethodDeclaration(member) || member.name.getText() !== name) continue;
        const parameter = member.parameters.find((one) => one.name.getText() === 'params');
        if (!parameter) continue;
        const type = checker.getTypeAtLocation(parameter);
        tree = together(tree, treeOf(checker, interfaces, type, { isReply: false }) ?? {});
      }
    }
    const { expand: _everywhere, ...parameters } = tree;
    // The addresses of further pages have it, so the types of newer SDKs do not.
    if (url.startsWith('/v2/') && 'limit' in parameters) parameters.page = {};
    const endpoint = `${method} ${url}`;
    endpoints.set(endpoint, together(endpoints.get(endpoint) ?? {}, parameters));
  }
  return { version, endpoints, objects, events: eventTypesOf(checker, interfaces) };
}

function filesIn(directory) {
  return readdirSync(directory, { recursive: true }).map((file) => path.join(directory, file));
}

/** Classes by file, and the interfaces of objects by their `object`. */
function declarationsOf(program, root) {
  const classes = new Map();
  const interfaces = new Map();
  const add = (map, key, node) => map.set(key, [...(map.get(key) ?? []), node]);
  for (const file of program.getSourceFiles()) {
    if (!file.fileName.startsWith(root)) continue;
    const visit = (node) => {
      if (ts.isClassDeclaration(node) && node.name) add(classes, file.fileName, node);
      if (ts.isInterfaceDeclaration(node) && !/Deleted/.test(node.name.text)) {
        const kind = node.members.find(
          (member) => ts.isPropertySignature(member) && member.name.getText() === 'object',
        );
        const word = kind?.type && ts.isLiteralTypeNode(kind.type) && kind.type.literal.text;
        if (word && word !== 'list') add(interfaces, word, node);
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return { classes, interfaces };
}

/** The endpoint of each method, from the SDK's code. */
function methodsOf(root, hasTypesFolder) {
  const resources = path.join(root, 'esm/resources');
  return filesIn(resources)
    .filter((file) => file.endsWith('.js'))
    .flatMap((file) => {
      const code = readFileSync(file, 'utf8');
      const name = path.relative(resources, file).slice(0, -3);
      return hasTypesFolder
        ? declared(code, path.join(root, 'types', `${name}Resource.d.ts`))
        : requested(code, file.replace(/\.js$/, '.d.ts'));
    });
}

/** `create: stripeMethod({ method: 'POST', fullPath: '/v1/coupons' })`, up to version 21. */
function declared(code, file) {
  return [...code.matchAll(/(\w+): stripeMethod\(\{(.*?)\}\)/gs)].flatMap(([, name, options]) => {
    const method = /method: '(\w+)'/.exec(options)?.[1];
    const url = /fullPath: ['`]([^'`]+)['`]/.exec(options)?.[1];
    return method && url ? [{ file, method, name, url: url.replace(/\$?\{\w+\}/g, ':id') }] : [];
  });
}

/** `create(params, options) { return this._makeRequest('POST', '/v1/coupons', …) }`, since then. */
function requested(code, file) {
  const found = [];
  let name = '';
  for (const [, method, verb, url] of code.matchAll(
    /^ {4}(\w+)\([^)]*\) \{|_makeRequest\('(\w+)', ['`]([^'`]+)['`]/gm,
  )) {
    if (method) name = method;
    else found.push({ file, method: verb, name, url: url.replace(/\$\{[^}]*\}/g, ':id') });
  }
  return found;
}

/** @returns undefined for what is never a value, such as null */
function treeOf(checker, interfaces, type, { isReply }, inside = []) {
  const again = (inner) => treeOf(checker, interfaces, inner, { isReply }, [...inside, type]);
  const never = ts.TypeFlags.Undefined | ts.TypeFlags.Null | ts.TypeFlags.Void;
  if (type.flags & never) return undefined;
  if (type.isUnionOrIntersection()) {
    const trees = type.types.map(again).filter((tree) => tree !== undefined);
    return trees.length > 0 ? trees.reduce(together) : undefined;
  }
  const isPlain = !(type.flags & ts.TypeFlags.Object) || inside.length > 14;
  if (isPlain || inside.includes(type) || isDecimalOrDate(type)) return {};
  if (checker.isArrayType(type)) return { '*': again(checker.getTypeArguments(type)[0]) ?? {} };
  if (isReply && inside.length > 0 && isObject(checker, interfaces, type)) return {};
  const keyed = type.getStringIndexType();
  if (keyed && type.getProperties().length === 0) return { '*': again(keyed) ?? {} };
  const tree = {};
  for (const property of type.getProperties()) {
    const { name } = property;
    if (name === 'lastResponse' || name.startsWith('__') || (isReply && name === 'deleted'))
      continue;
    tree[name] = again(checker.getTypeOfSymbol(property)) ?? {};
  }
  return tree;
}

function isDecimalOrDate(type) {
  return Boolean(type.getProperty('toFixed') ?? type.getProperty('getTime'));
}

/** An object that has a shape of its own in the file, or a list of such. */
function isObject(checker, interfaces, type) {
  const kind = type.getProperty('object');
  const word = kind && checker.getTypeOfSymbol(kind);
  return Boolean(word?.isStringLiteral() && (word.value === 'list' || interfaces.has(word.value)));
}

function eventTypesOf(checker, interfaces) {
  const types = new Map();
  for (const node of interfaces.get('event') ?? []) {
    const kind = checker.getTypeAtLocation(node).getProperty('type');
    const union = checker.getTypeOfSymbol(kind);
    for (const type of union.isUnion() ? union.types : [union]) {
      if (type.isStringLiteral()) types.set(type.value, {});
    }
  }
  return types;
}

function together(a, b) {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      name in a && name in b ? together(a[name], b[name]) : (a[name] ?? b[name]),
    ]),
  );
}
