/** `npm start`: the whole product on this machine, from a fresh clone. `--once` ends after the sample calls. */
import { runBuilt } from './runBuilt.mjs';

await runBuilt('test/demo/main.mts');
