// The CSV of `show stat` (management.txt 9.1): columns by name, quotes, commas and newlines inside quoted fields.
import type { Trouble } from '../domain/fault.ts';
import type { Result } from '../domain/result.ts';
import { truncated, unexpected } from './answer.ts';

/** HAProxy 3.4 has some 200; without a bound, one hostile line of commas would fill the memory. */
const MAX_COLUMNS = 1000;
/** More servers than one backend has in earnest; each costs time in which nothing else is seen. */
const MAX_ROWS = 10_000;

const NEWLINE = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;

export interface Csv {
  readonly header: readonly string[];
  /** Every row has as many fields as the header. */
  readonly rows: readonly (readonly string[])[];
}

type Row = { readonly fields: string[]; readonly next: number };

/** Reads `# name,name,…` and the rows below it, each line ended by a newline. Linear in the length of the text. */
export function readCsv(text: string): Result<Csv, Trouble> {
  const header = text.startsWith('# ') ? readRow(text, 2, text.indexOf('"')) : 'malformed';
  if (typeof header === 'string') return unexpected(text);
  const columns = header.fields.length;
  if (columns > MAX_COLUMNS) return unexpected(text);
  const rows: string[][] = [];
  let quote = text.indexOf('"');
  let at = header.next;
  while (at < text.length) {
    if (quote !== -1 && quote < at) quote = text.indexOf('"', at);
    const row = readRow(text, at, quote);
    if (row === 'unfinished') return truncated(text);
    if (row === 'malformed' || row.fields.length !== columns) return unexpected(text.slice(at));
    if (rows.length === MAX_ROWS) return unexpected(text.slice(at));
    rows.push(row.fields);
    at = row.next;
  }
  return { ok: true, value: { header: header.fields, rows } };
}

/** The row that begins at `at`; `quote` is the place of the first quote from there on, or -1. */
function readRow(text: string, at: number, quote: number): Row | 'unfinished' | 'malformed' {
  const end = text.indexOf('\n', at);
  if (end === -1) return 'unfinished';
  if (quote !== -1 && quote < end) return readQuotedRow(text, at);
  return { fields: text.slice(at, end).split(',', MAX_COLUMNS + 1), next: end + 1 };
}

function readQuotedRow(text: string, from: number): Row | 'unfinished' | 'malformed' {
  const fields: string[] = [];
  let at = from;
  while (fields.length <= MAX_COLUMNS) {
    const field = text[at] === '"' ? readQuotedField(text, at) : readPlainField(text, at);
    if (field === null) return 'unfinished';
    fields.push(field.value);
    const ending = text[field.next];
    if (ending === '\n') return { fields, next: field.next + 1 };
    if (ending !== ',') return ending === undefined ? 'unfinished' : 'malformed';
    at = field.next + 1;
  }
  return 'malformed';
}

function readQuotedField(text: string, from: number): { value: string; next: number } | null {
  let value = '';
  let at = from + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote === -1) return null;
    value += text.slice(at, quote);
    if (text[quote + 1] !== '"') return { value, next: quote + 1 };
    value += '"';
    at = quote + 2;
  }
}

/** Stops at a quote too: HAProxy quotes the whole of a field that holds one. */
function readPlainField(text: string, from: number): { value: string; next: number } {
  let at = from;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === COMMA || code === NEWLINE || code === QUOTE) break;
  }
  return { value: text.slice(from, at), next: at };
}
