import fc from 'fast-check';
import { startWorld } from './world';
import { history } from './history';
import { live } from './live';
const w = await startWorld();
const samples = fc.sample(history, { numRuns: 40, seed: 5 });
for (const s of samples) { const t=performance.now(); const tally = await live(w, s); console.log(s.length, tally.events, tally.deliveries, (performance.now()-t)|0, s.filter(x=>x.step==='kill').length, s.filter(x=>'trouble' in x && x.trouble.kind==='Stripe').map(x=>x.trouble.how).join(','), s.some(x=>x.step==='drop for good')?'drop':''); }
await w.close(); process.exit(0);
