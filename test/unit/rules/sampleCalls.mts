import type { Call } from '../../../nodes/call/Call';
import {
	anyCall,
	defaultRules,
	noChange,
	type CallRules,
	type ExceptionChanges,
	type ExceptionConditions,
	type RuleCaller,
	type RuleException,
} from '../../../nodes/rules/CallRules';

/** A minute and a half with Leo Ball, on a Monday at 10:00 in Shanghai. */
export const inboundAnswered: Call = {
	callId: '20260302100000-a1b2c3',
	pbxSerial: '369A12345678',
	direction: 'inbound',
	result: 'answered',
	callType: 'inboundAnswered',
	customer: { number: '075526601234', e164: '+8675526601234', name: null },
	anonymous: false,
	agent: { extension: '2005', name: 'Leo Ball', email: 'leo@example.com' },
	did: '5503301',
	didName: null,
	trunk: 'sip-trunk',
	queue: '6700',
	startedAt: '2026-03-02T02:00:00Z',
	answeredAt: '2026-03-02T02:00:12Z',
	endedAt: '2026-03-02T02:01:42Z',
	ringSeconds: 12,
	talkSeconds: 90,
	totalSeconds: 102,
	recording: null,
	journey: [],
};

const unanswered = { answeredAt: null, talkSeconds: 0, recording: null };

export const inboundMissed: Call = {
	...inboundAnswered,
	...unanswered,
	result: 'missed',
	callType: 'inboundMissed',
};

export const outboundAnswered: Call = {
	...inboundAnswered,
	direction: 'outbound',
	callType: 'outboundAnswered',
	queue: null,
};

export const outboundUnanswered: Call = {
	...outboundAnswered,
	...unanswered,
	result: 'missed',
	callType: 'outboundUnanswered',
};

export const internal: Call = {
	...inboundAnswered,
	direction: 'internal',
	callType: null,
	customer: { number: '2001', e164: null, name: 'Phoebe' },
	did: null,
	queue: null,
};

export const anonymous: Call = {
	...inboundAnswered,
	anonymous: true,
	customer: { number: '', e164: null, name: null },
};

export const customerCalls = {
	inboundAnswered,
	inboundMissed,
	outboundAnswered,
	outboundUnanswered,
};

export const known: RuleCaller = { status: 'known' };
export const unknown: RuleCaller = { status: 'unknown' };
export const created: RuleCaller = { status: 'created' };
export const skipped: RuleCaller = { status: 'skipped' };

export function rulesFor(call: Call, changed: Partial<CallRules> = {}): CallRules {
	return { ...defaultRules(call), ...changed };
}

export function leaveOut(name: string, when: Partial<ExceptionConditions> = {}): RuleException {
	return { name, when: { ...anyCall, ...when }, then: 'leaveOut' };
}

export function changing(
	name: string,
	when: Partial<ExceptionConditions>,
	changes: Partial<ExceptionChanges>,
): RuleException {
	return { name, when: { ...anyCall, ...when }, then: { ...noChange, ...changes } };
}
