import { test } from 'vitest';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { loadConfig } from '../../src/config/load.ts';
const env = { EMPTY: '', THIRTY: '30', SECRET: 'correct horse battery staple', INJECTED: 'x\nmode: observe\nproxies: []' };
test('x', async () => { const dir='test/fixtures/config/bad/'; for (const f of readdirSync(dir).filter(f=>f.endsWith('.yaml'))) {
 let body = readFileSync(dir+f,'latin1').split('\n'); while(body[0]?.startsWith('# mainstay.yaml')) body=body.slice(1);
 let head: string[] = []; for (let i=0;i<3;i++) { writeFileSync(dir+f, Buffer.from([...head.map(h=>Buffer.from('# '+h,'utf8').toString('latin1')),...body].join('\n'),'latin1')); const r = await loadConfig(dir+f, env); head = r.ok ? ['mainstay.yaml OK?!!'] : r.fault.messages.map(m=>m.replaceAll(dir+f,'mainstay.yaml')); }
 console.log('== '+f+'\n'+readFileSync(dir+f,'latin1')); } });
