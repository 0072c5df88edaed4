import { setTimeout as pause } from 'node:timers/promises';

import { startCallStack, type CallStack } from '../../e2e/callTemplates.mts';
import { withoutTaskRunner } from '../../e2e/stack/startN8n.mts';
import { until } from '../../e2e/stack/until.mts';
import { PBX_LATENCY_MS, ZOHO_LATENCY_MS } from '../latency.mts';
import type { Measured, Measurement, Tell } from '../Measurement.mts';
import { figure, percentile } from '../statistics.mts';
import { customersWhoCall } from './customersWhoCall.mts';
import { watchCallLogs } from './storedCallLogs.mts';

const RATES = [
	{ callsPerMinute: 1, seconds: 120 },
	{ callsPerMinute: 20, seconds: 30 },
	{ callsPerMinute: 60, seconds: 30 },
];
const CALLS_TO_WARM_UP = 5;
/** Default of the trigger: it waits so long for further records of a call. */
const SETTLING_SECONDS = 2;
const LONGEST_P95_SECONDS = 2;

export const hangUpToLog: Measurement = {
	name: 'hangUpToLog',
	title: 'Template calls-to-zoho-crm: from the end of a call until it is logged in the CRM',
	run,
};

interface Waits {
	callsPerMinute: number;
	/** Seconds, one for each call. */
	waits: number[];
}

async function run(tell: Tell): Promise<Measured> {
	const stack = await startCallStack({
		tell,
		pbx: { latencyMs: PBX_LATENCY_MS },
		zoho: { latencyMs: ZOHO_LATENCY_MS },
		n8n: { env: withoutTaskRunner },
	});
	const logs = watchCallLogs(stack.zoho);
	try {
		tell('warming up');
		await callsAtRate({ stack, logs, calls: CALLS_TO_WARM_UP, everyMs: 1_000, area: '700' });
		const measured: Waits[] = [];
		for (const { callsPerMinute, seconds } of RATES) {
			tell(`${callsPerMinute} calls a minute for ${seconds} s`);
			const everyMs = 60_000 / callsPerMinute;
			const calls = Math.round((seconds * 1_000) / everyMs);
			const area = String(700 + callsPerMinute);
			const waits = await callsAtRate({ stack, logs, calls, everyMs, area });
			measured.push({ callsPerMinute, waits });
		}
		return asMeasured(measured);
	} finally {
		logs.stop();
		await stack.stop();
	}
}

interface Series {
	stack: CallStack;
	logs: ReturnType<typeof watchCallLogs>;
	calls: number;
	everyMs: number;
	/** Three digits that no other series of callers has. */
	area: string;
}

/** Calls that begin evenly spaced; gives for each the seconds from its end to its log. */
async function callsAtRate({ stack, logs, calls, everyMs, area }: Series): Promise<number[]> {
	const customers = customersWhoCall(stack.zoho, calls, area);
	const running: Array<Promise<number>> = [];
	const start = performance.now();
	for (const [index, from] of customers.entries()) {
		await pause(Math.max(0, start + index * everyMs - performance.now()));
		const wait = oneCall(stack, logs, from);
		wait.catch(() => undefined);
		running.push(wait);
	}
	return await Promise.all(running);
}

/** Rings for a second, is talked for a second, and is over. */
async function oneCall({ pbx }: CallStack, logs: Series['logs'], from: string): Promise<number> {
	const call = pbx.begin({ kind: 'inboundToExtension', from, ringSeconds: 1, talkSeconds: 1 });
	await call.ring();
	await pause(1_000);
	await call.answer();
	await pause(1_000);
	await call.hangUp();
	const endedAt = performance.now();
	const seenAt = await until(() => logs.seenAt(call.callId), {
		what: `call ${call.callId} to be logged`,
		timeoutMs: 120_000,
	});
	return (seenAt - endedAt) / 1_000;
}

function asMeasured(measured: Waits[]): Measured {
	const p95AfterSettling = ({ waits }: Waits) => percentile(waits, 95) - SETTLING_SECONDS;
	return {
		header: [
			'calls a minute',
			'calls',
			'p50, s',
			'p95, s',
			'p99, s',
			'after settling: p50, s',
			'p95, s',
			'p99, s',
		],
		rows: measured.map(({ callsPerMinute, waits }) => {
			const quantiles = [50, 95, 99].map((percent) => percentile(waits, percent));
			const afterSettling = quantiles.map((seconds) => seconds - SETTLING_SECONDS);
			return [callsPerMinute, waits.length, ...[...quantiles, ...afterSettling].map(figure)];
		}),
		targets: measured.map((waits) => ({
			what: `hang-up to log at ${waits.callsPerMinute} calls a minute, p95 after settling`,
			wanted: `≤ ${LONGEST_P95_SECONDS} s`,
			measured: `${figure(p95AfterSettling(waits))} s`,
			isMet: p95AfterSettling(waits) <= LONGEST_P95_SECONDS,
		})),
		notes: [
			`The clock runs from the moment at which the PBX has sent the last frame of a call until its record stands in the CRM; both simulators are in this process, which looks every 20 ms. The trigger waits ${SETTLING_SECONDS} s for further records of a call by design (Settle), and looks every half second. The PBX lets n8n wait ${PBX_LATENCY_MS} ms for each answer, the CRM ${ZOHO_LATENCY_MS} ms; a record stands before the CRM has answered. Every caller is a contact of the CRM. With few calls p95 and p99 are the slowest call.`,
		],
	};
}
