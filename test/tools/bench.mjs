/** `npm run bench`: the synchronization of a large address book in a real n8n, from a fresh clone. */
import { runBuilt } from './runBuilt.mjs';

await runBuilt('test/bench/main.mts');
