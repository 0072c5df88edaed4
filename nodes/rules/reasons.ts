import type { Call } from '../call/Call';
import type { RecordKind, RuleCaller, RuleException } from './CallRules';
import type { Action } from './Decision';
import { callTypeNames, recordKindNames } from './ruleWords';
import type { Wishes } from './wishes';

const listOf = new Intl.ListFormat('en', { type: 'conjunction' });

/** E.g. `Inbound Missed, known customer: log the call and create a follow-up task`; null if nothing is done. */
export function describeActions(
	call: Call,
	caller: RuleCaller | undefined,
	actions: Action[],
	newRecord: RecordKind | null,
): string | null {
	if (actions.length === 0) return null;
	const phrases: Record<Action, string> = {
		createRecord: newRecord ? `create ${article(newRecord)} ${recordKindNames[newRecord]}` : '',
		logCall: 'log the call',
		createTicket: 'create a ticket',
		followUpTask: 'create a follow-up task',
		syncContact: 'sync the customer to a phonebook',
	};
	const todo = listOf.format(actions.map((action) => phrases[action]));
	return `${kindOf(call)}, ${describeCaller(caller)}: ${todo}`;
}

/** Why an unknown caller goes on without a record although the rules ask for one, or null. */
export function whyNoRecord(
	caller: RuleCaller | undefined,
	wishes: Wishes,
	recordComes: boolean,
	recordRequested: boolean,
): string | null {
	if (!caller) return 'The caller was not looked up: put Caller > Find before Call Rules';
	if (caller.status !== 'unknown' || !wishes.createRecord || recordComes) return null;
	return recordRequested
		? 'Create Record gave no record, so the call goes on without one'
		: 'A record cannot be created, because the call has no customer number';
}

/** Why the call is not among those logged, or null if it is. */
export function whyNotLogged(
	call: Call,
	wishes: Wishes,
	actions: Action[],
	exception: RuleException | null,
): string | null {
	if (actions.includes('logCall')) return null;
	if (wishes.logCall) return 'The caller has no record, and calls without a record are not logged';
	if (exception && exception.then !== 'leaveOut' && exception.then.logCall === 'no') {
		return `The exception '${exception.name}' says not to log the call`;
	}
	return call.callType === null
		? 'Internal calls are logged only where an exception says so'
		: `${callTypeNames[call.callType]} calls are not logged`;
}

function kindOf(call: Call): string {
	return call.callType === null ? 'Internal call' : callTypeNames[call.callType];
}

function describeCaller(caller: RuleCaller | undefined): string {
	switch (caller?.status) {
		case 'known':
			return 'known customer';
		case 'unknown':
			return 'unknown number';
		case 'created':
			return 'unknown number with its new record';
		default:
			return 'customer not looked up';
	}
}

function article(kind: RecordKind): string {
	return kind === 'account' ? 'an' : 'a';
}
