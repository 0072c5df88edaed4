import type { Execution } from '../e2e/stack/executions.mts';

interface CrmRecord {
	module: string;
	id: string;
	name: string;
}

/** What the templates' nodes add to a call, as far as the demo shows it. */
interface TravellingItem {
	callId?: string;
	direction?: string;
	result?: string;
	customer?: { number?: string | null };
	agent?: { extension?: string; name?: string | null } | null;
	match?: { status?: string; record?: CrmRecord | null; matchedBy?: string | null };
	decision?: { rule?: string; reason?: string; actions?: string[] };
	log?: { id?: string };
	ticket?: { id?: string } | null;
	task?: { id?: string };
}

/** What became of one call. */
export interface CallOutcome {
	callId: string;
	executionId: string;
	status: string;
	direction: string;
	result: string;
	number: string;
	agent: string;
	/** `Wei Zhang (Contacts), e164`; null when no record was found. */
	matched: { name: string; module: string; id: string; by: string } | null;
	created: CrmRecord | null;
	logId: string | null;
	/** Only in the help desk. */
	ticketId: string | null;
	rule: string;
	reason: string;
	/** n8n's reason when the execution failed. */
	error: string | null;
}

/** Reads one execution of the call template. Null for an execution without a call, such as a failed start. */
export function readCallOutcome(execution: Execution): CallOutcome | null {
	const items = execution.allItems().map(({ json }) => json as TravellingItem);
	const call = items.find(({ callId }) => callId !== undefined);
	if (!call?.callId) return null;

	// Each step adds a key: the last word on each is the one that counts.
	const last = <Key extends keyof TravellingItem>(key: Key) =>
		items.map((item) => item[key]).findLast((value) => value !== undefined && value !== null);
	const match = last('match');
	const decision = last('decision');
	const record = match?.record ?? null;
	const wasCreated = match?.status === 'created';

	return {
		callId: call.callId,
		executionId: execution.id,
		status: execution.status,
		direction: call.direction ?? '',
		result: call.result ?? '',
		number: call.customer?.number ?? '',
		agent: [call.agent?.name, call.agent?.extension].filter(Boolean).join(' '),
		matched: record && !wasCreated ? { ...record, by: match?.matchedBy ?? '' } : null,
		created: wasCreated ? record : null,
		logId: last('log')?.id ?? null,
		ticketId: last('ticket')?.id ?? null,
		rule: decision?.rule ?? '',
		reason: decision?.reason ?? '',
		error: execution.error?.message ?? null,
	};
}
