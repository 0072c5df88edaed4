import type { Call } from '../../../call/Call';
import { compareNumbers } from '../../../phone/matchNumber';
import { countryOf, isAnonymous } from '../../../phone/phoneNumber';
import { requiredTimeOf, type Voicemail } from './readMessages';

/** A message is dated when it begins; this is for firmware that dates it when it has been written. */
const WRITING_MS = 3 * 60_000;

/** The mailbox that may have a message of the call, or the sentence that says why there can be none. */
export function mailboxOf(call: Call): { mailbox: string } | { skipped: string } {
	if (call.result === null) {
		return { skipped: 'The call is still running; its voicemail can be had when it is over.' };
	}
	if (call.result !== 'voicemail') {
		return { skipped: `The call did not end in voicemail; its result is "${call.result}".` };
	}
	const legs = call.journey.filter(({ kind }) => kind === 'voicemail');
	const mailbox = legs.at(-1)?.number ?? call.agent?.extension;
	return mailbox
		? { mailbox }
		: { skipped: 'The call does not tell which voicemail box it was put through to.' };
}

/**
 * The message that the caller left in this call: the first one since its start, for a later call of the same person
 * leaves a later one.
 *
 * @param messages of the mailbox of the call
 * @throws ServiceError if a message of the caller has a time that cannot be read
 */
export function messageOfCall(call: Call, messages: Voicemail[]): Voicemail | null {
	const from = Date.parse(call.startedAt);
	const end = Date.parse(call.endedAt ?? call.startedAt);
	const found = messages
		.filter((message) => isOfCaller(message.from, call))
		.map((message) => ({ message, time: requiredTimeOf(message) }))
		.filter(({ time }) => time >= from && time <= end + WRITING_MS)
		.filter(({ message, time }) => time - 1_000 * (message.durationSeconds ?? 0) <= end)
		.sort((a, b) => a.time - b.time);
	return found[0]?.message ?? null;
}

function isOfCaller(sender: string, { direction, anonymous, customer, agent }: Call): boolean {
	// The customer of an internal call is the colleague who was called; the message is from the other one.
	if (direction === 'internal') return sender === agent?.extension;
	if (anonymous) return isAnonymous(sender);
	if (isAnonymous(sender)) return false;
	const number = customer.e164 ?? customer.number;
	return sender === customer.number || compareNumbers(number, sender, countryOf(number)) !== null;
}
