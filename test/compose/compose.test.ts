// docker-compose.yml and Dockerfile, without an engine; test/compose/run.sh runs them on one.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

interface Stack {
  readonly services: Readonly<
    Record<string, { readonly image: string; readonly ports?: readonly string[] }>
  >;
}

const text = (file: string): string => readFileSync(file, 'utf8');
/** Without comments and indentation. */
const lines = (file: string): Set<string> =>
  new Set(
    text(file)
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('#')),
  );
const { services }: Stack = parse(text('docker-compose.yml'), { merge: true });
const { version }: { version: string } = JSON.parse(text('package.json'));
const dockerfile = text('Dockerfile');
const client = spawnSync('docker', ['compose', 'version'], { encoding: 'utf8' });

test('docker compose takes docker-compose.yml as it is', ({ skip }) => {
  skip(client.status !== 0, `no docker compose here: ${client.stderr ?? client.error?.message}`);
  const { status, stderr } = spawnSync('docker', ['compose', 'config', '-q'], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

test.for(Object.entries(services))('%s has an image of one version', ([, { image }]) => {
  expect(image).toMatch(/^[a-z/]+:v?\d+(\.\d+)+$/);
});

test.for(Object.entries(services))('%s opens its ports to this machine only', ([, { ports }]) => {
  for (const port of ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
});

test("mainstay's image is of this version, in the stack and by its label", () => {
  expect(services['sidecar1']?.image).toBe(`mainstay:${version}`);
  expect(text('test/compose/run.sh')).toContain(`IMAGE=mainstay:${version} `);
  expect(dockerfile).toContain(`image.version="${version}"`);
});

test('the image needs no syntax of a registry, runs as nobody, and asks itself without a shell', () => {
  expect(dockerfile).not.toMatch(/^#\s*syntax=/im);
  expect(dockerfile).toMatch(/^USER [1-9]\d*:[1-9]\d*$/m);
  expect(dockerfile).toContain('CMD ["node", "/app/dist/main.js", "check", "--live"]');
});

test('the HAProxies of the stack have what the reference configuration has', () => {
  const own = [
    /^log /,
    /^(chroot|user|group) /,
    /^stats socket /,
    /^bind /,
    /^server /,
    /^global$/,
  ];
  const here = lines('haproxy/compose/haproxy.cfg');
  const missing = [...lines('haproxy/haproxy.cfg')].filter(
    (line) => !here.has(line) && !own.some((pattern) => pattern.test(line)),
  );
  expect(missing).toEqual([]);
});
