// Makes the token that the two sidecars of docker-compose.yml show each other, unless there is one.
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';

try {
  const token = randomBytes(32).toString('hex');
  writeFileSync('/var/lib/mainstay/token', `${token}\n`, { flag: 'wx', mode: 0o600 });
} catch (error) {
  if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
}
