/** `npm run bench`: what the product costs and carries in a real n8n, from a fresh clone. */
import { runBuilt } from './runBuilt.mjs';

await runBuilt('test/bench/main.mts');
