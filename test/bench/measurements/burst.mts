import { startCallStack } from '../../e2e/callTemplates.mts';
import { inspectable } from '../../e2e/stack/inspector.mts';
import { withoutTaskRunner } from '../../e2e/stack/startN8n.mts';
import { profiled } from '../cpuProfile.mts';
import { PBX_LATENCY_MS, ZOHO_LATENCY_MS } from '../latency.mts';
import type { Measured, Measurement, Tell } from '../Measurement.mts';
import { figure } from '../statistics.mts';
import { AGENTS_THAT_RING, placeBurst, type CallBurst } from './callBurst.mts';

/** In the order in which they are placed: a small one first, so that n8n is warm. */
const BURSTS = [10, 100, 1_000];
const BURST_WITH_TARGET = 100;
const LONGEST_SECONDS = 15;

export const burst: Measurement = {
	name: 'burst',
	title: 'Template calls-to-zoho-crm: calls that end all at once, until they are logged in the CRM',
	run,
};

async function run(tell: Tell): Promise<Measured> {
	const { nodeArguments, open } = await inspectable();
	const stack = await startCallStack({
		tell,
		pbx: { latencyMs: PBX_LATENCY_MS },
		zoho: { latencyMs: ZOHO_LATENCY_MS },
		n8n: { env: withoutTaskRunner, nodeArguments },
	});
	try {
		const inspector = await open();
		const bursts: CallBurst[] = [];
		for (const [index, calls] of BURSTS.entries()) {
			tell(`${calls} calls at once`);
			const place = async () => await placeBurst(stack, calls, String(900 + index), tell);
			bursts.push(await profiled(`burst-${calls}`, inspector, tell, place));
		}
		inspector.close();
		return asMeasured(bursts);
	} finally {
		await stack.stop();
	}
}

function asMeasured(bursts: CallBurst[]): Measured {
	const { seconds } = bursts.find(({ calls }) => calls === BURST_WITH_TARGET)!;
	const lost = bursts.reduce((sum, burst) => sum + burst.lost, 0);
	const doubled = bursts.reduce((sum, burst) => sum + burst.doubled, 0);
	return {
		header: [
			'calls at once',
			'frames',
			'seconds until all are logged',
			'seconds per call',
			"n8n's processor seconds per call",
			'CRM requests per call',
			'lost',
			'doubled',
		],
		rows: bursts.map((burst) => [
			burst.calls,
			burst.frames,
			figure(burst.seconds),
			figure(burst.seconds / burst.calls),
			figure(burst.processorSeconds / burst.calls),
			figure(burst.crmRequests / burst.calls),
			burst.lost,
			burst.doubled,
		]),
		targets: [
			{
				what: `${BURST_WITH_TARGET} calls at once until all are logged in the CRM`,
				wanted: `≤ ${LONGEST_SECONDS} s`,
				measured: `${figure(seconds)} s`,
				isMet: seconds <= LONGEST_SECONDS,
			},
			{
				what: 'calls of bursts that were lost or logged twice',
				wanted: '0 and 0',
				measured: `${lost} and ${doubled}`,
				isMet: lost === 0 && doubled === 0,
			},
		],
		notes: [
			`Each call rings ${AGENTS_THAT_RING} agents of a queue and makes 24 frames, 13 of them (30008, one per telephone) of a kind to which the trigger does not subscribe. Every caller is a contact of the CRM. The clock runs from the first call placed, so the two seconds of settling, and the simulator's own work of scripting the calls, are in it. The PBX lets n8n wait ${PBX_LATENCY_MS} ms for each answer, the CRM ${ZOHO_LATENCY_MS} ms. Lost and doubled are counted once the ledger says of every call that it has been dealt with.`,
		],
	};
}
