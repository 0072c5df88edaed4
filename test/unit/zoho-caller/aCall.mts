import type { Call } from '../../../nodes/call/Call';

/** An inbound call of 3:27 that extension 2005 answered after 12 seconds. */
export function aCall(changes: Partial<Call> = {}): Call {
	return {
		callId: '1772612100.55',
		pbxSerial: '3631A2091827',
		direction: 'inbound',
		result: 'answered',
		callType: 'inboundAnswered',
		customer: { number: '5503301', e164: null, name: null },
		anonymous: false,
		agent: { extension: '2005', name: 'Agent Name', email: null },
		did: null,
		didName: null,
		trunk: null,
		queue: null,
		startedAt: '2026-03-04T08:15:00Z',
		answeredAt: '2026-03-04T08:15:12Z',
		endedAt: '2026-03-04T08:18:39Z',
		ringSeconds: 12,
		talkSeconds: 207,
		totalSeconds: 219,
		recording: null,
		journey: [],
		...changes,
	};
}

export const missed: Partial<Call> = {
	callType: 'inboundMissed',
	result: 'missed',
	answeredAt: null,
	talkSeconds: 0,
};
