import { findQueueServices } from '../../queue-services/find.mjs';
import { startCallStack } from '../../e2e/callTemplates.mts';
import type { StackOptions } from '../../e2e/stack/startStack.mts';
import { PBX_LATENCY_MS, ZOHO_LATENCY_MS } from '../latency.mts';
import type { Measured, Measurement, Tell } from '../Measurement.mts';
import { figure } from '../statistics.mts';
import { placeBurst, type CallBurst } from './callBurst.mts';

const WARM_UP_CALLS = 10;
const CALLS = 60;

/** The same calls for one process and for several. */
export const processes: Measurement = {
	name: 'processes',
	title:
		'Template calls-to-zoho-crm: calls per second with one process of n8n, and in queue mode with one worker and with two',
	run,
};

interface Run extends CallBurst {
	what: string;
}

async function run(tell: Tell): Promise<Measured> {
	const runs = [await measure('one process, SQLite', {}, tell)];
	const services = await findQueueServices();
	if (services) {
		const { postgres, redis } = services;
		process.env.CALLBRIDGE_QUEUE_SERVICES = JSON.stringify({ postgres, redis });
		try {
			for (const workers of [1, 2]) {
				const what = `queue mode, PostgreSQL, ${workers} ${workers === 1 ? 'worker' : 'workers'}`;
				runs.push(await measure(what, { queueMode: { workers } }, tell));
			}
		} finally {
			await services.stop();
		}
	} else {
		tell('no PostgreSQL and Redis here: queue mode is left out');
	}
	return asMeasured(runs);
}

async function measure(what: string, options: StackOptions, tell: Tell): Promise<Run> {
	tell(what);
	const stack = await startCallStack({
		...options,
		pbx: { latencyMs: PBX_LATENCY_MS },
		zoho: { latencyMs: ZOHO_LATENCY_MS },
	});
	try {
		await placeBurst(stack, WARM_UP_CALLS, '910', tell);
		tell(`${what}: ${CALLS} calls at once`);
		return { what, ...(await placeBurst(stack, CALLS, '911', tell)) };
	} finally {
		await stack.stop();
	}
}

function asMeasured(runs: Run[]): Measured {
	return {
		header: [
			'n8n',
			'calls at once',
			'seconds until all are logged',
			'calls per second',
			"processor seconds of n8n's processes per call",
			'lost',
			'doubled',
		],
		rows: runs.map(({ what, calls, seconds, processorSeconds, lost, doubled }) => [
			what,
			calls,
			figure(seconds),
			figure(calls / seconds),
			figure(processorSeconds / calls),
			lost,
			doubled,
		]),
		targets: [
			{
				what: 'calls lost or logged twice, with one process and with several',
				wanted: '0 and 0',
				measured: `${sum(runs, 'lost')} and ${sum(runs, 'doubled')}`,
				isMet: sum(runs, 'lost') + sum(runs, 'doubled') === 0,
			},
		],
		notes: [
			`The settling time of two seconds is in the figures. All processes, the database and the simulators share the processors of this machine: with two cores, more workers mean more processes for the same processors. Where processors are free, the seconds per call tell how many calls a worker deals with.`,
		],
	};
}

const sum = (runs: Run[], figure: 'lost' | 'doubled'): number =>
	runs.reduce((total, each) => total + each[figure], 0);
