/** A secret's text: the variable's own, or that of the file which `<NAME>_FILE` names, as container platforms hand it over. */
import { readFileSync } from 'node:fs';

export type Environment = Readonly<Record<string, string | undefined>>;

export const fileVariableOf = (name: string): string => `${name}_FILE`;

/** What the variable is set to, without the blanks around it; undefined when unset or empty. */
export function given(environment: Environment, name: string): string | undefined {
  const text = environment[name]?.trim();
  return text === '' ? undefined : text;
}

/** Undefined when neither is set. */
export function secretText(
  environment: Environment,
  name: string,
): { readonly text: string | undefined } | { readonly problem: string } {
  const text = given(environment, name);
  const fileName = fileVariableOf(name);
  const file = given(environment, fileName);
  if (file === undefined) return { text };
  if (text !== undefined) return { problem: `${fileName} is set beside ${name}: expected one of the two` };
  const contents = contentsOf(file);
  if (contents === null) return { problem: `${fileName} is "${file}": expected a file that can be read` };
  if (contents.trim() === '') return { problem: `${fileName} is "${file}": expected some text in it` };
  return { text: contents.trim() };
}

/** Null when it cannot be read. */
export function contentsOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
