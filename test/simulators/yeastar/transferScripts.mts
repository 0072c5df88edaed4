import type { Leg } from './callMembers.mts';
import type { Stage } from './callStage.mts';
import { eventType, type CallTape } from './callTape.mts';
import { requireNumber } from './company.mts';
import { arrive, ringSecondsOf, talkSecondsOf, type Caller } from './inboundScripts.mts';
import type { AttendedTransfer, BlindTransfer, TransferToExternal } from './scenario.mts';

/** The conversation that all transfers begin with: `extension` answers the caller. */
function firstConversation(
	tape: CallTape,
	call: BlindTransfer | AttendedTransfer | TransferToExternal,
): { caller: Caller; line: Leg; desk: Leg; stage: Stage } {
	const number = call.extension ?? '1001';
	requireNumber(tape.company.extensions, number, 'extension');
	const { caller, line } = arrive(tape, call, number);
	tape.monitor(number, 'Ringing');
	const desk = tape.extension(number, 'RING');
	tape.tellMembers();
	tape.wait(ringSecondsOf(call));
	tape.enter('answer');
	tape.monitor(number, 'Busy');
	line.status = 'ANSWERED';
	desk.status = 'ANSWER';
	tape.tellMembers();
	tape.wait(talkSecondsOf(call));
	tape.enter('transfer');
	const stage: Stage = {
		...caller.stage,
		to: tape.party(number),
		at: 0,
		ringSeconds: ringSecondsOf(call),
		talkSeconds: talkSecondsOf(call),
		disposition: 'ANSWERED',
		recorded: call.recorded,
	};
	return { caller, line, desk, stage };
}

export function blindTransfer(tape: CallTape, call: BlindTransfer): void {
	const { caller, line, desk, stage } = firstConversation(tape, call);
	const to = requireNumber(tape.company.extensions, call.to ?? '1002', 'extension').number;
	const answered = (call.outcome ?? 'answered') === 'answered';
	const ringSeconds = call.transferRingSeconds ?? 6;
	const talkSeconds = answered ? (call.transferTalkSeconds ?? 30) : 0;
	tape.stage(stage);

	const at = tape.elapsed;
	desk.status = 'BYE';
	line.to = to;
	tape.monitor(to, 'Ringing');
	const target = tape.extension(to, 'RING');
	tape.tellMembers(eventType.transfer);
	tape.monitor(desk.number, 'Idle');
	tape.tellMembers();
	tape.wait(ringSeconds);
	if (answered) {
		tape.monitor(to, 'Busy');
		target.status = 'ANSWER';
		tape.tellMembers();
		tape.wait(talkSeconds);
	}
	tape.enter('hangUp');
	tape.everybodyLeaves();
	tape.monitor(to, 'Idle');
	tape.stage({
		...caller.stage,
		to: tape.party(to),
		at,
		ringSeconds,
		talkSeconds,
		disposition: answered ? 'ANSWERED' : 'NO ANSWER',
		recorded: answered && call.recorded === true,
	});
}

export function attendedTransfer(tape: CallTape, call: AttendedTransfer): void {
	const { caller, line, desk, stage } = firstConversation(tape, call);
	const to = requireNumber(tape.company.extensions, call.to ?? '1002', 'extension').number;
	const completed = (call.outcome ?? 'completed') === 'completed';
	const ringSeconds = call.transferRingSeconds ?? 6;
	const consultationSeconds = call.consultationSeconds ?? 10;
	const afterwards = call.transferTalkSeconds ?? 30;

	const consultation: Stage = {
		from: tape.party(desk.number),
		to: tape.party(to),
		at: tape.elapsed,
		ringSeconds,
		talkSeconds: consultationSeconds,
		disposition: 'ANSWERED',
		type: 'Internal',
	};
	desk.status = 'HOLD';
	const asking = tape.extension(desk.number, 'ALERT');
	const target = tape.extension(to, 'RING');
	tape.monitor(to, 'Ringing');
	tape.tellMembers();
	tape.wait(ringSeconds);
	tape.monitor(to, 'Busy');
	asking.status = 'ANSWERED';
	target.status = 'ANSWER';
	tape.tellMembers();
	tape.wait(consultationSeconds);

	asking.status = 'BYE';
	// The caller stays on the first extension's leg, on hold, while the two colleagues talk.
	const held = ringSeconds + consultationSeconds;
	if (completed) {
		desk.status = 'BYE';
		line.to = to;
		tape.tellMembers(eventType.transfer);
		tape.monitor(desk.number, 'Idle');
		tape.stage({ ...stage, talkSeconds: stage.talkSeconds + held });
		tape.stage(consultation);
		tape.stage({
			...caller.stage,
			to: tape.party(to),
			at: tape.elapsed,
			ringSeconds: 0,
			talkSeconds: afterwards,
			disposition: 'ANSWERED',
			recorded: call.recorded,
		});
	} else {
		target.status = 'BYE';
		desk.status = 'ANSWER';
		tape.monitor(to, 'Idle');
		tape.stage({ ...stage, talkSeconds: stage.talkSeconds + held + afterwards });
		tape.stage(consultation);
	}
	tape.tellMembers();
	tape.wait(afterwards);
	tape.enter('hangUp');
	tape.everybodyLeaves();
	tape.monitor(completed ? to : desk.number, 'Idle');
}

export function transferToExternal(tape: CallTape, call: TransferToExternal): void {
	const { caller, line, desk, stage } = firstConversation(tape, call);
	const to = call.to ?? '13900139000';
	const answered = (call.outcome ?? 'answered') === 'answered';
	const ringSeconds = call.transferRingSeconds ?? 6;
	const talkSeconds = answered ? (call.transferTalkSeconds ?? 30) : 0;
	tape.stage(stage);

	const at = tape.elapsed;
	desk.status = 'BYE';
	line.to = to;
	const target = tape.outbound(caller.party.number, to, caller.trunk, 'RING');
	tape.tellMembers(eventType.transfer);
	tape.monitor(desk.number, 'Idle');
	tape.wait(ringSeconds);
	if (answered) {
		target.status = 'ANSWER';
		tape.tellMembers();
		tape.wait(talkSeconds);
	}
	tape.enter('hangUp');
	tape.everybodyLeaves();
	tape.stage({
		...caller.stage,
		to: { number: to, name: '' },
		at,
		ringSeconds,
		talkSeconds,
		disposition: answered ? 'ANSWERED' : 'NO ANSWER',
		// A stage that leaves through a trunk is an outbound one, although the customer called (unconfirmed).
		type: 'Outbound',
		dstTrunk: caller.trunk,
		dod: caller.did.number,
	});
}
