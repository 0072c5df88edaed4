import type { Call } from '../../../call/Call';
import type { Clock } from '../../../transport/Clock';
import { ServiceError } from '../../../transport/ServiceError';
import type { YeastarPbx } from '../../transport/yeastarPbx';
import { fetchSoundFile, fileNotThere, onceThere, type SoundFile } from '../soundFile';
import { mailboxOf, messageOfCall } from './messageOfCall';
import { readMessages, type Voicemail } from './readMessages';

/**
 * Fetches the sound of a message ("Download a Voicemail Message" in the P-Series developer guide).
 *
 * @param patienceMs how long to wait for the file
 * @throws ServiceError (`notFound` if it does not turn up)
 */
export async function downloadMessage(
	pbx: YeastarPbx,
	messageId: string,
	patienceMs: number,
	clock: Clock,
): Promise<SoundFile> {
	const file = await onceThere(
		async () => await fetchSoundFile(pbx, 'vm/download', { msg_id: messageId }),
		patienceMs,
		clock,
	);
	if (file) return file;
	throw fileNotThere(
		`The PBX has no voicemail message ${messageId}`,
		patienceMs,
		'Check the message ID; the message may have been deleted in the meantime.',
	);
}

/**
 * Finds the message that was left in a call; while it is not there, the mailbox is asked for again.
 *
 * @param patienceMs how long to wait for the message
 * @returns the message, or the sentence that says why there is none
 * @throws ServiceError
 */
export async function findMessageOfCall(
	pbx: YeastarPbx,
	call: Call,
	patienceMs: number,
	clock: Clock,
): Promise<Voicemail | { skipped: string }> {
	const place = mailboxOf(call);
	if ('skipped' in place) return place;
	const { mailbox } = place;
	const found = await onceThere(
		async () => messageOfCall(call, await readMessages(pbx, [mailbox])),
		patienceMs,
		clock,
	).catch(unreadableMailbox);
	return (
		found ?? {
			skipped: `Voicemail box ${mailbox} has no message of this call (yet): the caller may have left none.`,
		}
	);
}

/** A mailbox that the PBX does not show is no fault of this call, which goes on without a message. */
async function unreadableMailbox(error: unknown): Promise<{ skipped: string }> {
	if (error instanceof ServiceError && error.kind === 'notFound') {
		return { skipped: `${error.message}. ${error.advice}` };
	}
	return await Promise.reject(error as Error);
}
