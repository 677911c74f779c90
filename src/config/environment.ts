// `${NAME}` in a value takes an environment variable; `$${` writes a plain `${`.
import type { Result } from '../domain/result.ts';
import { wants } from './wants.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/**
 * The text with every `${NAME}` replaced, once: what a variable holds is never looked into again.
 * The fault is the message for the user; it names variables, never what they hold.
 */
export function substitute(text: string, env: Env): Result<string, string> {
  const unset: string[] = [];
  let malformed = false;
  const value = text.replaceAll(/\$\$\{|\$\{(?:(\w+)\})?/g, (match, name: string | undefined) => {
    if (match === '$${') return '${';
    if (name === undefined) malformed = true;
    else if (env[name] === undefined) unset.push(name);
    else return env[name];
    return '';
  });
  if (malformed) return { ok: false, fault: wants('${NAME}', 'for a plain ${ write $${') };
  if (unset.length > 0)
    return { ok: false, fault: `not set in the environment: ${unset.join(', ')}` };
  return { ok: true, value };
}
