// Text for a terminal: wrapped to its width, coloured only where somebody looks.
import type { Gate } from '../domain/decision.ts';
import type { Output } from './world.ts';

const COLOURS = { green: 32, yellow: 33, red: 31, bold: 1, dim: 2 } as const;
const MAX_COLUMNS = 100;

/** Coloured on a terminal, as it is on a pipe. */
export function paint(out: Output, colour: keyof typeof COLOURS, text: string): string {
  return out.colour ? `\u001B[${COLOURS[colour]}m${text}\u001B[0m` : text;
}

/** The width to write to: the terminal's, at most 100, and 80 on a pipe. */
export function widthOf(out: Output): number {
  return Math.max(40, Math.min(out.columns ?? 80, MAX_COLUMNS));
}

/** Breaks at spaces; every line after the first is indented. A word longer than a line stays whole. */
export function wrap(text: string, width: number, indent: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const room = lines.length === 0 ? width : width - indent.length;
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join(`\n${indent}`);
}

/** A sentence as it stands in what is written there: as wide as that is, and indented where it goes on. */
export function paragraph(out: Output, text: string): string {
  return wrap(text, widthOf(out), '  ');
}

/** A sentence for people on the stream of errors. */
export function complain(err: Output, text: string): void {
  err.write(`${paragraph(err, text)}\n`);
}

/** `cooldown at ha1`, or `budget` where it holds all proxies. */
export function gateAt({ gate, proxy }: Pick<Gate, 'gate' | 'proxy'>): string {
  return proxy === null ? gate : `${gate} at ${proxy}`;
}

/** `2026-11-24T14:00:00Z`: what people and programs read alike. */
export function clockTime(wallMs: number): string {
  return `${new Date(wallMs).toISOString().slice(0, 19)}Z`;
}

/** `2m10s`; whole seconds, the two largest units. */
export function duration(ms: number): string {
  const s = Math.max(0, Math.round(ms / 1000));
  const [days, hours, minutes] = [
    Math.floor(s / 86_400),
    Math.floor(s / 3600) % 24,
    Math.floor(s / 60) % 60,
  ];
  if (days > 0) return `${days}d${hours}h`;
  if (hours > 0) return `${hours}h${minutes}m`;
  return minutes > 0 ? `${minutes}m${s % 60}s` : `${s}s`;
}
