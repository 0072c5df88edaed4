import { DateTime } from 'luxon';
import type { Call } from '../call/Call';
import { noChange, type CallRules, type RecordKind, type RuleCaller } from './CallRules';
import type { Action, Decision } from './Decision';
import { findException } from './exceptions';
import { isInNumberList } from './numberList';
import { describeActions, whyNoRecord, whyNotLogged } from './reasons';
import { wishesFor, type Wishes } from './wishes';

export interface DecisionContext {
	/** Milliseconds since 1970-01-01 UTC. */
	now: number;
	/** IANA name of the workflow's time zone. */
	timeZone: string;
	/** The call was already sent to get a record, and came back: it is not sent again. */
	recordRequested?: boolean;
}

/**
 * What becomes of one ended call.
 *
 * @param caller absent if nobody looked the number up: then no record is created, and no condition about the customer
 * is met
 */
export function decide(
	call: Call,
	caller: RuleCaller | undefined,
	rules: CallRules,
	context: DecisionContext,
): Decision {
	const reasonToIgnore = whyIgnored(call, rules);
	if (reasonToIgnore) return leftOut('Settings', [reasonToIgnore], rules);

	const { exception, notes } = findException(call, caller, rules, context.timeZone);
	const rule = exception?.name ?? 'Settings';
	if (exception?.then === 'leaveOut') {
		return leftOut(rule, [`Left out by the exception '${exception.name}'`, ...notes], rules);
	}

	const wishes = wishesFor(call, rules, exception?.then ?? noChange);
	const newRecord = recordToCreate(call, caller, wishes, context);
	const later = possibleActions(call, caller, wishes, rules, newRecord !== null);
	const actions = newRecord ? createRecordFirst(later, rules.dryRun) : later;
	const obstacles =
		newRecord && !rules.dryRun
			? []
			: [
					whyNoRecord(caller, wishes, newRecord !== null, context.recordRequested === true),
					whyNotLogged(call, wishes, later, exception),
				];
	return {
		rule,
		reason: inSentences([
			describeActions(call, caller, actions, newRecord),
			...obstacles,
			...notes,
		]),
		actions,
		createRecord: newRecord && { as: newRecord, name: rules.createRecord.name },
		task: actions.includes('followUpTask')
			? { subject: rules.followUpTask.subject, dueAt: dueAt(call, rules, context) }
			: null,
		dryRun: rules.dryRun,
	};
}

function whyIgnored(call: Call, rules: CallRules): string | null {
	const { ignore, minimumTalkSeconds } = rules;
	if (ignore.internal && call.direction === 'internal') return 'Internal call';
	if (ignore.anonymous && call.anonymous) return 'Anonymous caller';
	if (isInNumberList(ignore.numbers, call.customer.number, call.customer.e164)) {
		return `The number ${call.customer.number} is on the list of ignored numbers`;
	}
	if (call.result === 'answered' && call.talkSeconds < minimumTalkSeconds) {
		return `Talk time ${call.talkSeconds} s is below ${minimumTalkSeconds} s`;
	}
	return null;
}

function leftOut(rule: string, sentences: string[], rules: CallRules): Decision {
	return {
		rule,
		reason: inSentences(sentences),
		actions: [],
		createRecord: null,
		task: null,
		dryRun: rules.dryRun,
	};
}

function recordToCreate(
	call: Call,
	caller: RuleCaller | undefined,
	wishes: Wishes,
	context: DecisionContext,
): RecordKind | null {
	const hasNumber = call.direction !== 'internal' && call.customer.number !== '';
	const mayCreate = caller?.status === 'unknown' && hasNumber && !context.recordRequested;
	return mayCreate ? wishes.createRecord : null;
}

function possibleActions(
	call: Call,
	caller: RuleCaller | undefined,
	wishes: Wishes,
	rules: CallRules,
	recordComes: boolean,
): Action[] {
	const hasRecord = recordComes || caller?.status === 'known' || caller?.status === 'created';
	const needsNoRecord = rules.logWithoutRecord || call.direction === 'internal' || !caller;
	const actions: Action[] = [];
	if (wishes.logCall && (hasRecord || needsNoRecord)) actions.push('logCall');
	if (wishes.createTicket) actions.push('createTicket');
	if (wishes.followUpTask) actions.push('followUpTask');
	if (wishes.syncContact && hasRecord) actions.push('syncContact');
	return actions;
}

/** The call comes back with its record for the other actions; a dry run, which sends nothing, shows them at once. */
function createRecordFirst(later: Action[], dryRun: boolean): Action[] {
	return dryRun ? ['createRecord', ...later] : ['createRecord'];
}

/** So many hours after the end of the call, but not in the past for a call that is handled late. */
function dueAt(call: Call, rules: CallRules, context: DecisionContext): string {
	const zone = rules.businessHours.timeZone ?? context.timeZone;
	const due = DateTime.fromISO(call.endedAt ?? call.startedAt, { zone }).plus({
		hours: rules.followUpTask.dueAfterHours,
	});
	const now = DateTime.fromMillis(context.now, { zone }).startOf('second');
	return DateTime.max(due, now).toISO({ suppressMilliseconds: true }) ?? '';
}

function inSentences(sentences: Array<string | null>): string {
	return sentences.filter((sentence) => sentence !== null).join('. ');
}
