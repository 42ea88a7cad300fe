/** Numbers, times and our own codes as people read them. */
import type { Kind, Side } from '../domain/record';

export const productOf: Readonly<Record<Side, string>> = { teamwork: 'Teamwork.com', desk: 'Desk' };

export const pluralOf: Readonly<Record<Kind, string>> = { company: 'companies', customer: 'customers' };

const grouped = new Intl.NumberFormat('en');

export function numberText(value: number): string {
  return grouped.format(value);
}

export function countText(count: number, one: string, many = `${one}s`): string {
  return `${numberText(count)} ${count === 1 ? one : many}`;
}

/** `45 s`, `3 min 20 s`, `2 h 5 min`. */
export function durationText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return whole % 60 === 0 ? `${minutes} min` : `${minutes} min ${whole % 60} s`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `2026-03-01 12:00:05`, in UTC. */
export function timeText(at: string): string {
  const time = new Date(at);
  return Number.isNaN(time.getTime()) ? at : time.toISOString().slice(0, 19).replace('T', ' ');
}

/** A code such as `excluded:missing_last_name` as words. */
export function codeText(code: string): string {
  return code.replaceAll('_', ' ').replace(/:(?=\S)/g, ': ');
}
