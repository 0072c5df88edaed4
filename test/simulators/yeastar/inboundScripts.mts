import type { Disposition } from './callRecord.mts';
import type { Leg } from './callMembers.mts';
import type { Stage } from './callStage.mts';
import { eventType, type CallTape } from './callTape.mts';
import { requireNumber, type Company, type Party } from './company.mts';
import type {
	CallDetails,
	InboundLeavesIvr,
	InboundThroughIvr,
	InboundThroughQueue,
	InboundThroughRingGroup,
	InboundToExtension,
} from './scenario.mts';

/** The outer end of an inbound call: who calls, on which number, through which trunk. */
export interface Caller {
	party: Party;
	did: Party;
	trunk: string;
	/** What every CDR stage of the call has in common. */
	stage: Pick<Stage, 'from' | 'type' | 'srcTrunk' | 'did'>;
}

export function callerOf(details: CallDetails, company: Company): Caller {
	const number = details.from ?? (details.anonymous ? 'anonymous' : '075526601234');
	const party = { number, name: details.callerName ?? (details.anonymous ? 'Anonymous' : '') };
	const known = company.dids.find((did) => did.number === (details.did ?? company.dids[0]?.number));
	const did = {
		number: details.did ?? known?.number ?? '',
		name: details.didName ?? known?.name ?? '',
	};
	const trunk = details.trunk ?? known?.trunk ?? company.trunks[0];
	return { party, did, trunk, stage: { from: party, type: 'Inbound', srcTrunk: trunk, did } };
}

/** The caller arrives; with "Control Inbound Call" ticked, event 30016 asks first. */
export function arrive(
	tape: CallTape,
	details: CallDetails,
	to: string,
	callPath = '',
): { caller: Caller; line: Leg } {
	const caller = callerOf(details, tape.company);
	const line = tape.inbound(caller.party.number, to, caller.trunk, 'ALERT', callPath);
	if (details.controlled) tape.tellMembers(eventType.invitation);
	return { caller, line };
}

export const ringSecondsOf = (details: CallDetails) => details.ringSeconds ?? 10;
export const talkSecondsOf = (details: CallDetails) => details.talkSeconds ?? 60;

export function inboundToExtension(tape: CallTape, call: InboundToExtension): void {
	const { caller, line } = arrive(tape, call, call.extension ?? '1001');
	callExtension(tape, call, caller, line);
}

export function inboundThroughIvr(tape: CallTape, call: InboundThroughIvr): void {
	const { caller, line } = enterMenu(tape, call, call.ivr ?? tape.company.ivrs[0].number);
	line.status = 'ALERT';
	line.to = call.extension ?? '1001';
	callExtension(tape, call, caller, line);
}

export function inboundLeavesIvr(tape: CallTape, call: InboundLeavesIvr): void {
	enterMenu(tape, call, call.ivr ?? tape.company.ivrs[0].number);
	tape.enter('hangUp');
	tape.everybodyLeaves();
}

/** The IVR picks up: the caller's leg says ANSWERED although no person has answered. */
function enterMenu(
	tape: CallTape,
	call: CallDetails & { menuSeconds?: number },
	ivr: string,
): { caller: Caller; line: Leg } {
	requireNumber(tape.company.ivrs, ivr, 'IVR');
	const { caller, line } = arrive(tape, call, ivr, ivr);
	line.status = 'ANSWERED';
	tape.tellMembers();
	const talkSeconds = call.menuSeconds ?? 8;
	tape.stage({
		...caller.stage,
		to: tape.party(ivr),
		at: tape.elapsed,
		talkSeconds,
		disposition: 'ANSWERED',
	});
	tape.wait(talkSeconds);
	return { caller, line };
}

function callExtension(
	tape: CallTape,
	call: InboundToExtension | InboundThroughIvr,
	caller: Caller,
	line: Leg,
): void {
	const outcome = call.outcome ?? 'answered';
	const { number } = requireNumber(tape.company.extensions, call.extension ?? '1001', 'extension');
	const at = tape.elapsed;
	const record = (disposition: Disposition, ringSeconds: number, talkSeconds: number) =>
		tape.stage({
			...caller.stage,
			to: tape.party(number),
			at,
			ringSeconds,
			talkSeconds,
			disposition,
			recorded: call.recorded === true && disposition === 'ANSWERED',
			reason: disposition === 'BUSY' ? '486 Busy here' : '',
		});

	if (outcome === 'busy') {
		tape.tellMembers();
		tape.enter('hangUp');
		tape.emit(eventType.failure, { call_id: tape.callId, reason: '486 Busy Here', members: null });
		tape.everybodyLeaves();
		record('BUSY', 0, 0);
		return;
	}

	const ringSeconds = ringSecondsOf(call);
	tape.monitor(number, 'Ringing');
	const desk = tape.extension(number, 'RING', line.callPath);
	tape.tellMembers();
	tape.wait(ringSeconds);

	if (outcome === 'answered') {
		tape.enter('answer');
		tape.monitor(number, 'Busy');
		line.status = 'ANSWERED';
		desk.status = 'ANSWER';
		tape.tellMembers();
		tape.wait(talkSecondsOf(call));
		record('ANSWERED', ringSeconds, talkSecondsOf(call));
	} else if (outcome === 'voicemail') {
		desk.status = 'BYE';
		line.status = 'ANSWERED';
		tape.tellMembers();
		tape.monitor(number, 'Idle');
		tape.wait(call.messageSeconds ?? 15);
		record('VOICEMAIL', ringSeconds, call.messageSeconds ?? 15);
	} else {
		record('NO ANSWER', ringSeconds, 0);
	}
	tape.enter('hangUp');
	tape.everybodyLeaves();
	if (outcome !== 'voicemail') tape.monitor(number, 'Idle');
}

/** Queue and ring group ring several telephones at once; one of them may be picked up. */
interface Rung {
	/** Number of the queue or ring group. */
	place: Party;
	/** When the call came to the queue or group. */
	at: number;
	telephones: string[];
	answeredBy: string | null;
	/** The queue answers with music (the caller's leg says ANSWERED); a ring group does not. */
	picksUp: boolean;
	waitSeconds: number;
}

export function inboundThroughRingGroup(tape: CallTape, call: InboundThroughRingGroup): void {
	const group = requireNumber(
		tape.company.ringGroups,
		call.ringGroup ?? tape.company.ringGroups[0].number,
		'ring group',
	);
	const { caller, line } = arrive(tape, call, group.number, group.number);
	const answered = (call.outcome ?? 'answered') === 'answered';
	ringTogether(tape, call, caller, line, {
		place: tape.party(group.number),
		at: tape.elapsed,
		telephones: group.members,
		answeredBy: answered ? (call.answeredBy ?? group.members.at(-1) ?? null) : null,
		picksUp: false,
		waitSeconds: 0,
	});
}

export function inboundThroughQueue(tape: CallTape, call: InboundThroughQueue): void {
	const outcome = call.outcome ?? 'answered';
	const number = call.queue ?? tape.company.queues[0].number;
	const queue = requireNumber(tape.company.queues, number, 'queue');
	const { caller, line } =
		call.ivr === undefined ? arrive(tape, call, number, number) : enterMenu(tape, call, call.ivr);
	line.status = 'ANSWERED';
	line.to = number;
	line.callPath = number;
	tape.tellMembers();

	if (outcome === 'leftWaiting') {
		const waitSeconds = call.waitSeconds ?? 20;
		tape.stage({
			...caller.stage,
			to: tape.party(number),
			at: tape.elapsed,
			ringSeconds: waitSeconds,
			talkSeconds: 0,
			disposition: 'NO ANSWER',
		});
		tape.wait(waitSeconds);
		tape.enter('hangUp');
		tape.everybodyLeaves();
		return;
	}

	const rung = queue.agents.slice(0, call.agentCount ?? queue.agents.length);
	ringTogether(tape, call, caller, line, {
		place: tape.party(number),
		at: tape.elapsed,
		telephones: rung,
		answeredBy: outcome === 'answered' ? (call.answeredBy ?? rung.at(-1) ?? null) : null,
		picksUp: true,
		waitSeconds: call.waitSeconds ?? 0,
		...(outcome === 'voicemail' && {
			mailbox: { number: call.mailbox ?? '1001', seconds: call.messageSeconds ?? 15 },
		}),
	});
}

function ringTogether(
	tape: CallTape,
	call: CallDetails,
	caller: Caller,
	line: Leg,
	rung: Rung & { mailbox?: { number: string; seconds: number } },
): void {
	if (rung.answeredBy !== null && !rung.telephones.includes(rung.answeredBy)) {
		throw new Error(
			`${rung.answeredBy} is not among those who ring: ${rung.telephones.join(', ')}`,
		);
	}
	const ringSeconds = ringSecondsOf(call);
	const talkSeconds = rung.answeredBy === null ? 0 : talkSecondsOf(call);
	const { number } = rung.place;

	tape.wait(rung.waitSeconds);
	const rungAt = tape.elapsed;
	for (const telephone of rung.telephones) tape.monitor(telephone, 'Ringing');
	const desks = rung.telephones.map((telephone) => tape.extension(telephone, 'RING', number));
	tape.tellMembers();
	tape.wait(ringSeconds);

	tape.stage({
		...caller.stage,
		to: rung.place,
		at: rung.at,
		ringSeconds: rung.waitSeconds + ringSeconds,
		talkSeconds,
		disposition: rung.answeredBy === null ? 'NO ANSWER' : 'ANSWERED',
	});
	for (const telephone of rung.telephones) {
		const answers = telephone === rung.answeredBy;
		tape.stage({
			...caller.stage,
			to: tape.party(telephone),
			at: rungAt,
			ringSeconds,
			talkSeconds: answers ? talkSeconds : 0,
			disposition: answers ? 'ANSWERED' : 'NO ANSWER',
			recorded: answers && call.recorded === true,
			agentRingSeconds: answers && rung.picksUp ? rung.waitSeconds + ringSeconds : 0,
		});
	}

	if (rung.answeredBy !== null) {
		tape.enter('answer');
		tape.monitor(rung.answeredBy, 'Busy');
		line.status = 'ANSWERED';
		for (const desk of desks) desk.status = desk.number === rung.answeredBy ? 'ANSWER' : 'BYE';
		tape.tellMembers();
		for (const desk of desks) if (desk.status === 'BYE') tape.monitor(desk.number, 'Idle');
		tape.wait(talkSeconds);
	} else if (rung.mailbox !== undefined) {
		for (const desk of desks) desk.status = 'BYE';
		line.to = rung.mailbox.number;
		tape.tellMembers();
		for (const desk of desks) tape.monitor(desk.number, 'Idle');
		tape.stage({
			...caller.stage,
			to: tape.party(rung.mailbox.number),
			at: tape.elapsed,
			talkSeconds: rung.mailbox.seconds,
			disposition: 'VOICEMAIL',
		});
		tape.wait(rung.mailbox.seconds);
	}
	const stillThere = desks.filter((desk) => desk.status !== 'BYE');
	tape.enter('hangUp');
	tape.everybodyLeaves();
	for (const desk of stillThere) tape.monitor(desk.number, 'Idle');
}
