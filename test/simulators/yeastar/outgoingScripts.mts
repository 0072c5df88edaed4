import type { Stage } from './callStage.mts';
import { eventType, type CallTape } from './callTape.mts';
import { isExtension, requireNumber, type Party } from './company.mts';
import { ringSecondsOf, talkSecondsOf } from './inboundScripts.mts';
import type { ApiDialledCall, InternalCall, OutboundCall } from './scenario.mts';

const outsideNumber = '075588886666';

/** The CDR stage of a call from an extension through a trunk. */
function outboundStage(tape: CallTape, from: Party, to: string, trunk: string) {
	return {
		from,
		to: { number: to, name: '' },
		at: tape.elapsed,
		type: 'Outbound',
		dstTrunk: trunk,
		dod: tape.company.dids[0]?.number ?? '',
	} satisfies Partial<Stage>;
}

export function outbound(tape: CallTape, call: OutboundCall): void {
	const outcome = call.outcome ?? 'answered';
	const { number } = requireNumber(tape.company.extensions, call.extension ?? '1001', 'extension');
	const to = call.to ?? outsideNumber;
	const trunk = call.trunk ?? tape.company.trunks[0];
	const stage = outboundStage(tape, tape.party(number), to, trunk);

	tape.monitor(number, 'Busy');
	const desk = tape.extension(number, 'ALERT');
	if (outcome === 'failed') {
		const reason = call.reason ?? '404 NOT found';
		tape.tellMembers();
		tape.enter('hangUp');
		desk.status = 'BYE';
		tape.tellMembers(eventType.failure, { reason });
		tape.monitor(number, 'Idle');
		tape.stage({ ...stage, ringSeconds: 0, talkSeconds: 0, disposition: 'FAILED', reason });
		return;
	}

	const line = tape.outbound(number, to, trunk, 'RING');
	tape.tellMembers();
	const ringSeconds = outcome === 'busy' ? 0 : ringSecondsOf(call);
	tape.wait(ringSeconds);
	if (outcome === 'answered') {
		tape.enter('answer');
		desk.status = 'ANSWERED';
		line.status = 'ANSWER';
		tape.tellMembers();
		tape.wait(talkSecondsOf(call));
	}
	tape.enter('hangUp');
	if (outcome === 'busy') {
		line.status = 'BYE';
		tape.tellMembers(eventType.failure, { reason: call.reason ?? '486 Busy Here' });
	}
	tape.everybodyLeaves();
	tape.monitor(number, 'Idle');
	tape.stage({
		...stage,
		ringSeconds,
		talkSeconds: outcome === 'answered' ? talkSecondsOf(call) : 0,
		disposition: outcome === 'answered' ? 'ANSWERED' : outcome === 'busy' ? 'BUSY' : 'NO ANSWER',
		reason: outcome === 'busy' ? (call.reason ?? '486 Busy Here') : '',
		recorded: outcome === 'answered' && call.recorded === true,
	});
}

export function internal(tape: CallTape, call: InternalCall): void {
	const answered = (call.outcome ?? 'answered') === 'answered';
	const from = requireNumber(tape.company.extensions, call.extension ?? '1001', 'extension').number;
	const to = requireNumber(tape.company.extensions, call.to ?? '1002', 'extension').number;
	tape.monitor(from, 'Busy');
	tape.monitor(to, 'Ringing');
	const calling = tape.extension(from, 'ALERT');
	const called = tape.extension(to, 'RING');
	tape.tellMembers();
	tape.wait(ringSecondsOf(call));
	if (answered) {
		tape.enter('answer');
		tape.monitor(to, 'Busy');
		calling.status = 'ANSWERED';
		called.status = 'ANSWER';
		tape.tellMembers();
		tape.wait(talkSecondsOf(call));
	}
	tape.enter('hangUp');
	tape.everybodyLeaves();
	tape.monitor(from, 'Idle');
	tape.monitor(to, 'Idle');
	tape.stage({
		from: tape.party(from),
		to: tape.party(to),
		at: 0,
		ringSeconds: ringSecondsOf(call),
		talkSeconds: answered ? talkSecondsOf(call) : 0,
		disposition: answered ? 'ANSWERED' : 'NO ANSWER',
		type: 'Internal',
		recorded: answered && call.recorded === true,
	});
}

export function apiDialled(tape: CallTape, call: ApiDialledCall): void {
	switch (call.outcome ?? 'answered') {
		case 'refusedAtOnce':
			return refusedAtOnce(tape, call);
		case 'callerUnanswered':
			return callerUnanswered(tape, call);
		case 'failedOutward':
			return failedOutward(tape, call);
		case 'answered':
			return callerThenCallee(tape, call, true);
		case 'calleeUnanswered':
			return callerThenCallee(tape, call, false);
	}
}

/** The row that the PBX writes for the caller's own telephone: from the extension to itself (live). */
function ownStage(tape: CallTape, number: string) {
	return { from: tape.party(number), to: tape.party(number), at: 0, type: 'Internal' } as const;
}

function refusedAtOnce(tape: CallTape, call: ApiDialledCall): void {
	const caller = call.caller ?? '1001';
	const reason = call.reason ?? 'NO Dial Permission';
	tape.enter('hangUp');
	tape.emit(eventType.failure, { call_id: tape.callId, reason, members: null });
	tape.stage({
		...outboundStage(
			tape,
			tape.party(caller),
			call.callee ?? outsideNumber,
			tape.company.trunks[0],
		),
		ringSeconds: 0,
		talkSeconds: 0,
		disposition: 'FAILED',
		reason,
	});
}

function callerUnanswered(tape: CallTape, call: ApiDialledCall): void {
	const caller = call.caller ?? '1001';
	tape.monitor(caller, 'Ringing');
	tape.extension(caller, 'RING');
	tape.tellMembers();
	tape.wait(ringSecondsOf(call));
	tape.enter('hangUp');
	tape.everybodyLeaves();
	tape.monitor(caller, 'Idle');
	tape.stage({
		...ownStage(tape, caller),
		ringSeconds: ringSecondsOf(call),
		talkSeconds: 0,
		disposition: 'NO ANSWER',
	});
}

function callerThenCallee(tape: CallTape, call: ApiDialledCall, answered: boolean): void {
	const caller = call.caller ?? '1001';
	const callee = call.callee ?? outsideNumber;
	const trunk = call.trunk ?? tape.company.trunks[0];
	const inside = isExtension(tape.company, callee);
	const pickUpSeconds = 3;
	const ringSeconds = ringSecondsOf(call);
	const talkSeconds = answered ? talkSecondsOf(call) : 0;

	tape.monitor(caller, 'Ringing');
	const desk = tape.extension(caller, 'RING');
	tape.tellMembers();
	tape.wait(pickUpSeconds);
	const stage = inside
		? ({
				from: tape.party(caller),
				to: tape.party(callee),
				at: tape.elapsed,
				type: 'Internal',
			} as const)
		: outboundStage(tape, tape.party(caller), callee, trunk);

	tape.monitor(caller, 'Busy');
	tape.monitor(callee, 'Ringing');
	desk.status = 'ANSWERED';
	const other = inside
		? tape.extension(callee, 'RING')
		: tape.outbound(caller, callee, trunk, 'RING');
	tape.tellMembers();
	tape.wait(ringSeconds);
	if (answered) {
		tape.enter('answer');
		tape.monitor(callee, 'Busy');
		other.status = 'ANSWER';
		tape.tellMembers();
		tape.wait(talkSeconds);
	}
	tape.enter('hangUp');
	tape.everybodyLeaves();
	tape.monitor(caller, 'Idle');
	tape.monitor(callee, 'Idle');
	tape.stage({
		...stage,
		ringSeconds,
		talkSeconds,
		disposition: answered ? 'ANSWERED' : 'NO ANSWER',
		recorded: answered && call.recorded === true,
	});
	tape.stage({
		...ownStage(tape, caller),
		ringSeconds: pickUpSeconds,
		talkSeconds: ringSeconds + talkSeconds,
		disposition: 'ANSWERED',
	});
}

/** In the order in which a PBX of firmware 37.11 sent it. */
function failedOutward(tape: CallTape, call: ApiDialledCall): void {
	const caller = call.caller ?? '1001';
	const callee = call.callee ?? outsideNumber;
	const trunk = call.trunk ?? tape.company.trunks[0];
	const ringSeconds = ringSecondsOf(call);

	tape.monitor(caller, 'Idle');
	const desk = tape.extension(caller, 'ALERT');
	const line = tape.outbound(caller, callee, trunk, 'BYE');
	tape.tellMembers();
	tape.tellMembers(eventType.forward);
	tape.wait(ringSeconds);
	desk.status = 'ANSWERED';
	tape.tellMembers();
	tape.enter('hangUp');
	tape.monitor(caller, 'Busy');
	const failed = tape.stage({
		...outboundStage(tape, tape.party(caller), callee, line.trunk),
		ringSeconds: 0,
		talkSeconds: 0,
		disposition: 'FAILED',
		reason: call.reason ?? 'NOT found',
	});
	tape.reportRows(failed);
	tape.monitor(caller, 'Idle');
	const missed = tape.stage({
		...ownStage(tape, caller),
		ringSeconds,
		talkSeconds: 0,
		disposition: 'NO ANSWER',
	});
	tape.reportRows(missed);
	tape.wait(5);
	tape.everybodyLeaves();
	tape.stage({ ...ownStage(tape, caller), ringSeconds, talkSeconds: 5, disposition: 'ANSWERED' });
}
