import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import type { Call } from '../call/Call';
import type { CallerStatus, RuleCaller } from '../rules/CallRules';

export interface RuleItem {
	call: Call;
	/** Absent where nobody looked the number up. */
	caller: RuleCaller | undefined;
	/** An earlier pass through the rules already sent this call to get a record. */
	recordRequested: boolean;
	/** The item says itself that it is only a trial, whatever the node is set to. */
	isTrial: boolean;
}

/** Where Caller > Find puts its answer. */
const CALLER_KEY = 'match';

const callerStatuses: CallerStatus[] = ['known', 'unknown', 'created', 'skipped'];

/** The call and the caller of one input item; an item that is no ended call is refused by naming what it lacks. */
export function readItem(
	context: IExecuteFunctions,
	item: INodeExecutionData,
	itemIndex: number,
): RuleItem {
	const { json } = item;
	const refuse = (message: string, description: string): never => {
		throw new NodeOperationError(context.getNode(), message, { description, itemIndex });
	};
	const missing = missingField(json);
	if (missing) {
		refuse(
			`The item is no call: its field '${missing}' is missing`,
			'Connect a node that gives calls, such as Yeastar Trigger or Yeastar > Call Record > Get Calls, and pass its fields on.',
		);
	}
	if (json.result === null) {
		refuse(
			"The call is still running: its field 'result' is empty",
			'Rules decide about ended calls. Choose the event Call Ended in the trigger.',
		);
	}
	const caller = json[CALLER_KEY] as IDataObject | null | undefined;
	if (caller && !callerStatuses.some((status) => status === caller.status)) {
		refuse(
			`The field '${CALLER_KEY}.status' of the item is missing or has an unknown value`,
			`Caller > Find gives one of: ${callerStatuses.join(', ')}.`,
		);
	}
	const earlier = json.decision as IDataObject | null | undefined;
	return {
		call: json as unknown as Call,
		caller: (caller ?? undefined) as RuleCaller | undefined,
		recordRequested: Boolean(earlier?.createRecord) && earlier?.dryRun !== true,
		isTrial: json.dryRun === true,
	};
}

function missingField(json: IDataObject): string | undefined {
	const customer = json.customer as IDataObject | null | undefined;
	const present: Record<string, boolean> = {
		callId: typeof json.callId === 'string' && json.callId !== '',
		direction: ['inbound', 'outbound', 'internal'].includes(String(json.direction)),
		result: json.result !== undefined,
		callType: Boolean(json.callType) || json.direction === 'internal' || json.result === null,
		customer: typeof customer === 'object' && customer !== null,
		'customer.number': typeof customer?.number === 'string',
		startedAt: typeof json.startedAt === 'string',
		talkSeconds: typeof json.talkSeconds === 'number',
	};
	return Object.keys(present).find((field) => !present[field]);
}
