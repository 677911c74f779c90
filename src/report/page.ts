// The live page at `/`: three files of the build, read once, and the only ones that a browser may run here.
import { readFileSync } from 'node:fs';
import type { Reply } from './reply.ts';
import { refusal } from './reply.ts';

export type PagePath = '/' | '/page.js' | '/page.css';
export type Page = Readonly<Record<PagePath, Reply>>;

/** Nothing from elsewhere, nothing inline; its script asks this server and nobody else. `data:` is its empty icon. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Where the files are missing, as in a tree that was not built, the answer says so. Nothing in them is secret. */
export function readPage(folder = new URL('../page/', import.meta.url)): Page {
  try {
    return {
      '/': file(folder, 'index.html', 'text/html'),
      '/page.js': file(folder, 'page.js', 'text/javascript'),
      '/page.css': file(folder, 'page.css', 'text/css'),
    };
  } catch {
    const missing = refusal(503, 'no-page', 'the page is not built: npm run build');
    return { '/': missing, '/page.js': missing, '/page.css': missing };
  }
}

function file(folder: URL, name: string, type: string): Reply {
  return {
    status: 200,
    type: `${type}; charset=utf-8`,
    body: readFileSync(new URL(name, folder), 'utf8'),
    headers: { 'content-security-policy': PAGE_POLICY },
  };
}
