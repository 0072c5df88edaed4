import { DateTime } from 'luxon';
import type { Agent, Call, JourneyLeg } from '../../call/Call';

/**
 * The subject of a new node, in the form of Yeastar's own integration: `Inbound Completed - from <5503301> to Agent
 * Name<2005>`. It gives the same as `callSubject`, but people can change it.
 */
export const SUBJECT_EXPRESSION = [
	"={{ ({ inboundAnswered: 'Inbound Completed', inboundMissed: 'Inbound Missed', outboundAnswered: 'Outbound Completed', outboundUnanswered: 'Outbound No Answer' })[$json.callType] ?? ($json.result === 'answered' ? 'Internal Completed' : 'Internal Missed') }}",
	" - from {{ $json.direction === 'inbound' ? `<${$json.customer.number || 'Anonymous'}>` : `${$json.agent?.name ?? ''}<${$json.agent?.extension ?? ''}>` }}",
	" to {{ $json.direction !== 'inbound' ? `<${$json.customer.number}>` : $json.agent ? `${$json.agent.name ?? ''}<${$json.agent.extension}>` : `<${$json.queue ?? $json.did ?? ''}>` }}",
].join('');

const CALL_ID_LABEL = 'Call ID: ';

/** The line by which a log is recognised when nobody knows whether it was written. */
export function callIdLine(callId: string): string {
	return `${CALL_ID_LABEL}${callId}`;
}

/** The ids of the calls whose lines a text holds. */
export function callIdsIn(text: unknown): string[] {
	if (typeof text !== 'string') return [];
	return text
		.split(/\r?\n|<br\s*\/?>/i)
		.map((line) => line.trim())
		.filter((line) => line.startsWith(CALL_ID_LABEL))
		.map((line) => line.slice(CALL_ID_LABEL.length));
}

/** Whether a text holds the line of this very call, and not of one whose id only begins alike. */
export function mentionsCall(text: unknown, callId: string): boolean {
	return callIdsIn(text).includes(callId);
}

/**
 * A text with the line of a call below it: whoever changes a text keeps what the node recognises it by.
 *
 * @param longest cuts the text off, not the line
 */
export function withCallIdLine(text: string, callId: string, longest = Infinity): string {
	if (mentionsCall(text, callId) && text.length <= longest) return text;
	const line = callIdLine(callId);
	const room = longest - line.length - 1;
	const above = text.trim().slice(0, room).trimEnd();
	return above ? `${above}\n${line}` : line;
}

/** See `SUBJECT_EXPRESSION`. */
export function callSubject(call: Call): string {
	return `${kindOf(call)} - from ${fromOf(call)} to ${toOf(call)}`;
}

const KINDS = {
	inboundAnswered: 'Inbound Completed',
	inboundMissed: 'Inbound Missed',
	outboundAnswered: 'Outbound Completed',
	outboundUnanswered: 'Outbound No Answer',
} as const;

function kindOf({ callType, result }: Call): string {
	if (callType) return KINDS[callType];
	return result === 'answered' ? 'Internal Completed' : 'Internal Missed';
}

function fromOf(call: Call): string {
	return call.direction === 'inbound' ? customerText(call) : agentText(call.agent);
}

function toOf(call: Call): string {
	if (call.direction !== 'inbound') return customerText(call);
	return call.agent ? agentText(call.agent) : `<${call.queue ?? call.did ?? ''}>`;
}

function customerText({ customer }: Call): string {
	return `<${customer.number || 'Anonymous'}>`;
}

function agentText(agent: Agent | null): string {
	return `${agent?.name ?? ''}<${agent?.extension ?? ''}>`;
}

const OUTCOMES: Record<NonNullable<Call['result']>, string> = {
	answered: 'answered',
	missed: 'missed',
	voicemail: 'went to voicemail',
	busy: 'busy',
	failed: 'failed',
	abandoned: 'the caller left before anybody was rung',
};

const DIRECTIONS = { inbound: 'Inbound', outbound: 'Outbound', internal: 'Internal' } as const;

/** Zoho's multi-line texts hold 2,000 characters in the smallest kind; the journey is what grows. */
const MOST_JOURNEY_LINES = 20;

/**
 * What happened in a call, one line each: time, type, from, to, talk time, the stages, the recording, and last the call
 * id, by which the log is found again.
 *
 * @param timeZone IANA zone of the times
 * @param note a remark that belongs to the log, such as one about the duration
 */
export function callDescription(call: Call, timeZone: string, note: string | null): string {
	const lines = [
		`Time: ${timeText(call.startedAt, timeZone)}`,
		`Type: ${DIRECTIONS[call.direction]}, ${call.result ? OUTCOMES[call.result] : 'still running'}`,
		`From: ${fromOf(call)}`,
		`To: ${toOf(call)}`,
		call.did ? `Number dialled: ${[call.did, call.didName].filter(Boolean).join(' ')}` : null,
		`Talk time: ${durationText(call.talkSeconds)} (rang for ${durationText(call.ringSeconds)})`,
		note,
		...journeyLines(call.journey),
		call.recording ? `Recording: ${call.recording.file}` : null,
		callIdLine(call.callId),
	];
	return lines.filter((line) => line !== null).join('\n');
}

function journeyLines(journey: readonly JourneyLeg[]): string[] {
	if (journey.length === 0) return [];
	const shown = journey.slice(0, MOST_JOURNEY_LINES).map((leg, index) => {
		const name = [leg.name, leg.number].filter(Boolean).join(' ');
		const talk = leg.talkSeconds > 0 ? `, talked for ${durationText(leg.talkSeconds)}` : '';
		const rang = `${leg.result} after ${durationText(leg.ringSeconds)}`;
		return `${index + 1}. ${STAGES[leg.kind]} ${name}: ${rang}${talk}`;
	});
	const left = journey.length - shown.length;
	return ['Stages:', ...shown, ...(left > 0 ? [`and ${left} more`] : [])];
}

const STAGES: Record<JourneyLeg['kind'], string> = {
	extension: 'Extension',
	queue: 'Queue',
	ringGroup: 'Ring group',
	ivr: 'Menu',
	voicemail: 'Voicemail',
	external: 'External',
	other: 'Other',
};

function timeText(startedAt: string, timeZone: string): string {
	const time = DateTime.fromISO(startedAt, { zone: timeZone });
	return `${time.toFormat('yyyy-MM-dd HH:mm:ss')} (${time.zoneName})`;
}

/** `3:27`; minutes may exceed 59. */
function durationText(seconds: number): string {
	return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
