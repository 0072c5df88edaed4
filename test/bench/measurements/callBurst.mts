import type { CallStack } from '../../e2e/callTemplates.mts';
import { until } from '../../e2e/stack/until.mts';
import type { Tell } from '../Measurement.mts';
import { processorSecondsOf } from '../processTime.mts';
import { secondsSince } from '../statistics.mts';
import { customersWhoCall } from './customersWhoCall.mts';
import { storedCallLogs, type StoredCallLogs } from './storedCallLogs.mts';

/** A queue that rings six agents makes 24 frames. */
export const AGENTS_THAT_RING = 6;
const GIVE_UP_MS = 300_000;

/** What came of calls that ended all at once. */
export interface CallBurst extends StoredCallLogs {
	calls: number;
	frames: number;
	/** Until the CRM had stored the log of the last one. */
	seconds: number;
	/** Of all processes of n8n. */
	processorSeconds: number;
	crmRequests: number;
}

/** @param area the beginning of the callers' numbers, which no burst before had */
export async function placeBurst(
	stack: CallStack,
	calls: number,
	area: string,
	tell: Tell,
): Promise<CallBurst> {
	const { pbx, zoho } = stack;
	const processorSeconds = () =>
		processesOf(stack).reduce((sum, processId) => sum + processorSecondsOf(processId), 0);
	const customers = customersWhoCall(zoho, calls, area);
	const logsBefore = zoho.records('Calls').length;
	const requestsBefore = zoho.requests.length;
	const processorBefore = processorSeconds();
	const start = performance.now();
	const placed = await Promise.all(
		customers.map(async (from) =>
			pbx.place({
				kind: 'inboundThroughQueue',
				agentCount: AGENTS_THAT_RING,
				from,
				talkSeconds: 30,
			}),
		),
	);
	const callIds = placed.map(({ callId }) => callId);
	await until(() => zoho.records('Calls').length >= logsBefore + calls, {
		what: `${calls} calls to be logged`,
		timeoutMs: GIVE_UP_MS,
		everyMs: 100,
	}).catch(({ message }: Error) => tell(message));
	const seconds = secondsSince(start);
	const processorUsed = processorSeconds() - processorBefore;
	// What is written twice is written when the first record is there already: only the ledger tells that all is over.
	await stack.ledgerOf(...callIds).catch(({ message }: Error) => tell(message));
	return {
		calls,
		frames: placed.reduce((sum, { frames }) => sum + frames.length, 0),
		seconds,
		processorSeconds: processorUsed,
		crmRequests: zoho.requests.length - requestsBefore,
		...storedCallLogs(zoho, callIds),
	};
}

function processesOf({ n8n, queueMode }: CallStack): number[] {
	const others = queueMode ? [...queueMode.workers, queueMode.webhookProcess] : [];
	return [n8n, ...others].map(({ processId }) => processId ?? 0);
}
