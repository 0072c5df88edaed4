import type { CallType } from '../../../nodes/call/Call';
import { callTypeNames } from '../../../nodes/rules/ruleWords';
import { expectDecision, noRecord, notLookedUp, type Case } from './decisionCases.mts';
import {
	anonymous,
	created,
	customerCalls,
	inboundAnswered,
	internal,
	known,
	skipped,
	unknown,
} from './sampleCalls.mts';

const byDefault: Case[] = [
	...Object.entries(customerCalls).flatMap(([callType, call]): Case[] => {
		const name = callTypeNames[callType as CallType];
		return [
			{
				what: `${name} of a known customer`,
				call,
				caller: known,
				leavesBy: ['logCall'],
				reason: `${name}, known customer: log the call`,
			},
			{
				what: `${name} of an unknown number`,
				call,
				caller: unknown,
				leavesBy: ['createRecord'],
				reason: `${name}, unknown number: create a Lead`,
			},
			{
				what: `${name} after the record was created`,
				call,
				caller: created,
				requested: true,
				leavesBy: ['logCall'],
				reason: `${name}, unknown number with its new record: log the call`,
			},
		];
	}),
	{
		what: 'an internal call',
		call: internal,
		caller: skipped,
		leavesBy: ['leftOut'],
		reason: 'Internal call',
	},
	{
		what: 'an anonymous caller',
		call: anonymous,
		caller: skipped,
		leavesBy: ['leftOut'],
		reason: 'Anonymous caller',
	},
	{
		what: 'a call that was not looked up',
		call: inboundAnswered,
		leavesBy: ['logCall'],
		reason: `Inbound Answered, customer not looked up: log the call. ${notLookedUp}`,
	},
	{
		what: 'a call whose record could not be created',
		call: inboundAnswered,
		caller: unknown,
		requested: true,
		leavesBy: ['leftOut'],
		reason: `Create Record gave no record, so the call goes on without one. ${noRecord}`,
	},
];

describe('what becomes of a call, with the settings of a new node', () => {
	it.each(byDefault)('$what', expectDecision);
});
