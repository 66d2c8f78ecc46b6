import { basename } from 'node:path';
import ts from 'typescript';
import { areaOf, importsOf, nodesOf, SOURCES, type SourceFile } from './source-files';

const LINES_AT_MOST = 300;

const KEBAB_CASE = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*\.tsx?$/;
const NAMES_NOTHING = /^(.+-)?(utils?|helpers?|common|shared|constants|interfaces)$|^types$/;

// At the start of a text and in one case, as no sentence of a page is written.
const STATEMENT = /^\s*((select|with)\s[^]*\sfrom\s|insert\s+into\s|update\s+\S+\s+set\s|delete\s+from\s)/;

/** Where SQL stands beside migrations and `*.queries.ts`, and why. */
const SQL_ELSEWHERE = new Map([
  ['libs/database/migrate.ts', 'it makes the role and takes the lock that the migrations themselves need'],
]);

function pathsOf(files: readonly SourceFile[]): string[] {
  return files.map(({ path }) => path);
}

/** Lines of a file at which something stands. */
function placesOf({ path, tree }: SourceFile, isIt: (node: ts.Node) => boolean): string[] {
  return [...nodesOf(tree)]
    .filter(isIt)
    .map((node) => `${path}:${tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1}`);
}

/** Something asked of a database, or a statement written down. */
function isSql(node: ts.Node): boolean {
  if (ts.isCallExpression(node)) {
    return ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === 'query';
  }
  if (ts.isTaggedTemplateExpression(node)) return ts.isIdentifier(node.tag) && node.tag.text === 'sql';
  return (ts.isStringLiteralLike(node) || ts.isTemplateHead(node)) && isStatement(node.text);
}

function isStatement(text: string): boolean {
  return STATEMENT.test(text) || STATEMENT.test(text.replaceAll(/[A-Z]+/g, (word) => word.toLowerCase()));
}

/** `process.env` and `process['env']`, and the ways to get at `process` by another name. */
function readsEnvironment(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) return isProcess(node.expression) && node.name.text === 'env';
  if (ts.isElementAccessExpression(node)) return isProcess(node.expression);
  if (ts.isVariableDeclaration(node)) return node.initializer !== undefined && isProcess(node.initializer);
  return false;
}

function isProcess(node: ts.Node): boolean {
  return ts.isIdentifier(node) && node.text === 'process';
}

describe('the files of libs/ and apps/', () => {
  const files = SOURCES.filter(({ path }) => !path.startsWith('migrations/'));

  it('are found', () => {
    expect(pathsOf(files)).toContain('libs/core/period.ts');
  });

  it(`have at most ${LINES_AT_MOST} lines`, () => {
    const long = files.filter(({ lines }) => lines > LINES_AT_MOST);

    expect(long.map(({ path, lines }) => `${path}: ${lines}`)).toEqual([]);
  });

  it('are named in kebab case', () => {
    expect(pathsOf(files).filter((path) => !KEBAB_CASE.test(basename(path)))).toEqual([]);
  });

  it('are named by what they hold', () => {
    const namesNothing = (path: string): boolean =>
      path
        .replace(/\.tsx?$/, '')
        .split(/[/.]/)
        .some((part) => NAMES_NOTHING.test(part));

    expect(pathsOf(files).filter(namesNothing)).toEqual([]);
  });

  it('say what they need where they need it: nothing is exported on from elsewhere', () => {
    const passesOn = (node: ts.Node): boolean => ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined;

    expect(files.flatMap((file) => placesOf(file, passesOn))).toEqual([]);
  });

  it('read the environment in libs/config alone', () => {
    const others = files.filter(({ path }) => areaOf(path) !== 'libs/config');
    const imported = others.filter((file) =>
      importsOf(file).some(({ specifier }) => /^(node:)?process$/.test(specifier)),
    );

    expect([...others.flatMap((file) => placesOf(file, readsEnvironment)), ...pathsOf(imported)]).toEqual([]);
  });

  it('hold SQL in *.queries.ts alone', () => {
    const others = files.filter(({ path }) => !path.endsWith('.queries.ts') && !SQL_ELSEWHERE.has(path));

    expect(others.flatMap((file) => placesOf(file, isSql))).toEqual([]);
  });

  it('still need every exception that is made for SQL', () => {
    const needed = files.filter((file) => placesOf(file, isSql).length > 0).map(({ path }) => path);

    expect(needed).toEqual(expect.arrayContaining([...SQL_ELSEWHERE.keys()]));
  });
});
