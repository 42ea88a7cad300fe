/** The sources as the tests of their architecture read them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { parse } from './imports';

const root = join(__dirname, '../..');

export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

export function filesOf(...folders: string[]): SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => ({ path: relative(root, path), text: readFileSync(path, 'utf8') })),
  );
}

/** The paths of the files that are at fault. */
export function faulty(files: readonly SourceFile[], isFaulty: (file: SourceFile) => boolean): string[] {
  return files.filter(isFaulty).map(({ path }) => path);
}

export function contains(
  { path, text }: SourceFile,
  isSought: (node: ts.Node, source: ts.SourceFile) => boolean,
): boolean {
  const source = parse(path, text);
  const visit = (node: ts.Node): boolean => isSought(node, source) || (ts.forEachChild(node, visit) ?? false);
  return visit(source);
}
