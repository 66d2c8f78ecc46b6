import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';
import ts from 'typescript';

export const ROOT = resolve(__dirname, '../..');

export interface SourceFile {
  /** From the repository's root, with slashes. */
  readonly path: string;
  readonly lines: number;
  readonly tree: ts.SourceFile;
}

/** The program: everything that is written for it in TypeScript, its specs included. */
export const SOURCES: readonly SourceFile[] = ['libs', 'apps', 'migrations'].flatMap(sourcesBelow);

const PATHS = new Set(SOURCES.map(({ path }) => path));

function sourcesBelow(folder: string): SourceFile[] {
  if (!existsSync(join(ROOT, folder))) return [];
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => posix.join(folder, name.replaceAll('\\', '/')))
    .filter((path) => /\.tsx?$/.test(path))
    .sort()
    .map(readSource);
}

function readSource(path: string): SourceFile {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  return {
    path,
    lines: text.trimEnd().split('\n').length,
    tree: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false, kind),
  };
}

export function isSpec({ path }: SourceFile): boolean {
  return /\.spec\.tsx?$/.test(path);
}

/** `libs/core`, `apps/api`, `migrations`: what the direction of imports is said of. */
export function areaOf(path: string): string {
  return path.split('/', path.startsWith('migrations/') ? 1 : 2).join('/');
}

/** Every node of a file, depth first. */
export function* nodesOf(tree: ts.Node): Generator<ts.Node> {
  yield tree;
  const children: ts.Node[] = [];
  ts.forEachChild(tree, (child) => void children.push(child));
  for (const child of children) yield* nodesOf(child);
}

export interface Import {
  /** As it is written: `./period`, `typeorm`. */
  readonly specifier: string;
  /** The file it means; nothing for a package. A file that is not the program's comes without an ending. */
  readonly file?: string;
}

/** What a file imports in whatever way: imports and exports, of types too, `import()`, `require()`. */
export function importsOf({ path, tree }: SourceFile): Import[] {
  return [...nodesOf(tree)]
    .map(specifierOf)
    .filter((specifier) => specifier !== undefined)
    .map((specifier) => ({
      specifier,
      ...(specifier.startsWith('.') && { file: fileOf(posix.join(posix.dirname(path), specifier)) }),
    }));
}

function fileOf(path: string): string {
  return [path, `${path}.ts`, `${path}.tsx`, `${path}/index.ts`].find((candidate) => PATHS.has(candidate)) ?? path;
}

function specifierOf(node: ts.Node): string | undefined {
  const name = specifierNode(node);
  return name && ts.isStringLiteralLike(name) ? name.text : undefined;
}

function specifierNode(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isExternalModuleReference(node)) return node.expression;
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
  if (!ts.isCallExpression(node)) return undefined;
  const loads =
    node.expression.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isIdentifier(node.expression) && node.expression.text === 'require');
  return loads ? node.arguments[0] : undefined;
}
