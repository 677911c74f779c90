// Properties are tried with the same values in every run, so that a run that passed passes again; FUZZ=1 tries others.
import { fc } from '@fast-check/vitest';

if (process.env['FUZZ'] !== '1') fc.configureGlobal({ seed: 20_261_124 });
