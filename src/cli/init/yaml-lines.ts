// Lines of a mainstay.yaml: values written by the yaml package, comments by hand.
import { stringify } from 'yaml';
import { printable } from '../../haproxy/printable.ts';
import { wrap } from '../layout.ts';

const WIDTH = 118;

/** One value as it stands behind its key; `${` is text, and no environment variable. */
export function value(text: string | readonly string[]): string {
  const escaped = typeof text === 'string' ? escape(text) : text.map(escape);
  return stringify(escaped, {
    lineWidth: 0,
    collectionStyle: 'flow',
    flowCollectionPadding: false,
  }).trimEnd();
}

/** A sentence for people, in as many lines as it needs. */
export function comment(text: string, indent = ''): string {
  return `${indent}# ${wrap(printable(text), WIDTH - indent.length - 2, `${indent}# `)}`;
}

/** Settings to be used once somebody takes the # away. */
export function example(lines: readonly string[], indent = ''): string {
  return lines.map((line) => `${indent}#${line}`).join('\n');
}

function escape(text: string): string {
  return text.replaceAll('${', () => '$${');
}
