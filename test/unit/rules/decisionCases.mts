import type { Call } from '../../../nodes/call/Call';
import { defaultRules, type CallRules, type RuleCaller } from '../../../nodes/rules/CallRules';
import { decide, type DecisionContext } from '../../../nodes/rules/decide';
import { routesOf, type Route } from '../../../nodes/rules/Decision';
import { inboundAnswered, rulesFor } from './sampleCalls.mts';

export interface Case {
	what: string;
	call: Call;
	caller?: RuleCaller;
	rules?: Partial<CallRules>;
	requested?: boolean;
	leavesBy: Route[];
	reason: string;
	rule?: string;
}

/** Twenty seconds after the sample calls. */
export const context: DecisionContext = {
	now: Date.parse('2026-03-02T02:02:00Z'),
	timeZone: 'Asia/Shanghai',
};

export const record = (changed: Partial<CallRules['createRecord']>): Partial<CallRules> => ({
	createRecord: { ...defaultRules(inboundAnswered).createRecord, ...changed },
});
export const ignore = (changed: Partial<CallRules['ignore']>): Partial<CallRules> => ({
	ignore: { internal: true, anonymous: true, numbers: [], ...changed },
});
export const task = (changed: Partial<CallRules['followUpTask']> = {}): Partial<CallRules> => ({
	followUpTask: { forMissedCalls: true, dueAfterHours: 4, subject: 'Call back', ...changed },
});

export const notLookedUp = 'The caller was not looked up: put Caller > Find before Call Rules';
export const noRecord = 'The caller has no record, and calls without a record are not logged';

export function expectDecision({
	call,
	caller,
	rules,
	requested,
	leavesBy,
	reason,
	rule = 'Settings',
}: Case): void {
	const decision = decide(call, caller, rulesFor(call, rules), {
		...context,
		recordRequested: requested,
	});
	expect(routesOf(decision)).toEqual(leavesBy);
	expect(decision).toMatchObject({ reason, rule, dryRun: false });
}
