/** How products treat what they are sent (R13): they keep it in a form of their own, or accept it and change nothing. */
import { texts, text, keyOfRow, type Row } from './rows';
import type { Field, Fields, Kind, Side } from '../../../src/domain/record';

/** Cut off, in capitals, or without what is neither letter nor number. */
export type Form = 'cut' | 'capitals' | 'plain';

const forms: Readonly<Record<Form, (value: string) => string>> = {
  cut: (value) => value.slice(0, 9).trim(),
  capitals: (value) => value.toUpperCase(),
  plain: (value) => value.replace(/[^\p{L}\p{N}]/gu, ''),
};

export class Manners {
  /** By side, kind and field. */
  private readonly formOf = new Map<string, Form>();
  /** By record and field: how many changes of it are still accepted and not made. */
  private readonly ignoring = new Map<string, number>();

  keepAs(form: Form, side: Side, kind: Kind, name: Field): void {
    this.formOf.set(`${side} ${kind} ${name}`, form);
  }

  ignore(row: Row, name: Field, times: number): void {
    this.ignoring.set(`${keyOfRow(row)} ${name}`, times);
  }

  isIgnoring(row: Row, name: Field): boolean {
    return (this.ignoring.get(`${keyOfRow(row)} ${name}`) ?? 0) > 0;
  }

  take(row: Row, given: Fields): void {
    for (const name of Object.keys(given)) this.ignoring.delete(`${keyOfRow(row)} ${name}`);
  }

  takeAll(): void {
    this.ignoring.clear();
  }

  /** What of an update is not taken this time. */
  ignoredOf(row: Row, given: Fields): readonly Field[] {
    const ignored = (Object.keys(given) as Field[]).filter((name) => this.isIgnoring(row, name));
    for (const name of ignored) {
      const key = `${keyOfRow(row)} ${name}`;
      this.ignoring.set(key, (this.ignoring.get(key) ?? 0) - 1);
    }
    return ignored;
  }

  kept(side: Side, kind: Kind, given: Fields): Fields {
    const formed = Object.entries(given).map(([name, value]) => {
      const form = this.formOf.get(`${side} ${kind} ${name}`);
      if (name === 'alternativeEmails') return [name, texts(value)];
      const trimmed = name === 'name' ? text(value).trim() : value;
      return [name, form === undefined ? trimmed : forms[form](text(trimmed))];
    });
    return Object.fromEntries(formed) as Fields;
  }
}

export function without(fields: Fields, names: readonly Field[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name as Field)));
}
