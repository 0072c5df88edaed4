import type { IDataObject } from 'n8n-workflow';
import { toIsoSeconds } from '../../../call/callTimes';
import { insteadOf, ServiceError } from '../../../transport/ServiceError';
import { displayClockOf } from '../../callRecords';
import { SERVICE } from '../../transport/errors';
import { listAll } from '../../transport/listAll';
import type { YeastarPbx } from '../../transport/yeastarPbx';
import { messageTime } from './messageTime';

/** A voicemail message. */
export interface Voicemail {
	messageId: string;
	/** Number of the extension or group voicemail that has it. */
	mailbox: string;
	/** Who left it, as the PBX shows the number. */
	from: string;
	fromName: string | null;
	/** ISO 8601, UTC, to the second; null if the PBX tells it in an unknown form. */
	time: string | null;
	/** As the PBX shows it: in its own time zone and display format. */
	pbxTime: string;
	durationSeconds: number;
	sizeBytes: number;
	isRead: boolean;
}

/** "Query Voicemail Messages of Multiple Extensions or Group Voicemails" (P-Series developer guide). */
interface MailboxRow {
	number?: unknown;
	total_number?: unknown;
	data?: MessageRow[] | null;
}

interface MessageRow {
	msg_id?: unknown;
	is_read?: unknown;
	duration?: unknown;
	size?: unknown;
	name?: unknown;
	/** Wall clock of the PBX. */
	time?: unknown;
	number?: unknown;
}

/** How the PBX may say that it does not know a number; nothing else is asked of it that could be wrong. */
const UNKNOWN_NUMBER: ReadonlySet<string> = new Set(['40002', '60001']);

/**
 * All messages of these mailboxes, the newest first; those whose time cannot be read come last.
 *
 * @param mailboxes numbers of extensions or group voicemails
 * @throws ServiceError (`notFound` if the PBX has no such mailbox)
 */
export async function readMessages(pbx: YeastarPbx, mailboxes: string[]): Promise<Voicemail[]> {
	const rows = await listAll<MessageRow & { mailbox: string }>(async (page) => {
		const { voicemail_list: list } = await pbx
			.get<{ voicemail_list?: MailboxRow[] | null }>('vm/query', {
				number: mailboxes.join(','),
				...page,
			})
			.catch((error: unknown) => Promise.reject(unknownMailbox(error, mailboxes)));
		return pageOfAll(list ?? []);
	});
	if (rows.length === 0) return [];
	// Without the right to read call records, the message IDs may still tell the times.
	const clock = await displayClockOf(pbx).catch(
		insteadOf(['refused', 'permission', 'notFound'], null),
	);
	const messages = rows.map(({ mailbox, ...row }): Voicemail => {
		const messageId = text(row.msg_id);
		const pbxTime = text(row.time);
		const time = messageTime(pbxTime, messageId, clock);
		const from = text(row.number);
		const name = text(row.name);
		return {
			messageId,
			mailbox,
			from,
			fromName: name === '' || name === from ? null : name,
			time: time && toIsoSeconds(time.getTime()),
			pbxTime,
			durationSeconds: Number(row.duration ?? 0),
			sizeBytes: Number(row.size ?? 0),
			isRead: Number(row.is_read) === 1,
		};
	});
	return messages.sort((a, b) => timeOrOldest(b) - timeOrOldest(a));
}

/**
 * When a message was left, in milliseconds since 1970, where nothing can be done without knowing it.
 *
 * @throws ServiceError (`invalidAnswer`) if the time cannot be read
 */
export function requiredTimeOf({ messageId, pbxTime, time }: Voicemail): number {
	if (time !== null) return Date.parse(time);
	throw new ServiceError({
		service: SERVICE,
		kind: 'invalidAnswer',
		message: `The PBX tells the time of voicemail message ${messageId} in an unknown form: ${pbxTime}`,
		advice:
			'Allow call records (CDR) for the API application in the PBX portal; they tell how the PBX shows times. Or get the messages without a time, and choose yourself.',
	});
}

/** Pages count for each mailbox, so they end when all messages of all mailboxes are there. */
function pageOfAll(list: MailboxRow[]): IDataObject {
	return {
		total_number: list.reduce((total, mailbox) => total + Number(mailbox.total_number ?? 0), 0),
		data: list.flatMap(({ number, data }) =>
			(data ?? []).map((row) => ({ ...row, mailbox: text(number) })),
		) as IDataObject[],
	};
}

function unknownMailbox(error: unknown, mailboxes: string[]): Error {
	if (!(error instanceof ServiceError && UNKNOWN_NUMBER.has(error.code ?? ''))) {
		return error as Error;
	}
	return new ServiceError({
		service: SERVICE,
		kind: 'notFound',
		message:
			mailboxes.length === 1
				? `The PBX has no voicemail box ${mailboxes[0]}`
				: `The PBX does not have all of the voicemail boxes ${mailboxes.join(', ')}`,
		advice:
			'Check the number. A group voicemail can be read only if its mode is Shared by Members; otherwise each member has the message.',
	});
}

function timeOrOldest({ time }: Voicemail): number {
	return time === null ? -Infinity : Date.parse(time);
}

function text(value: unknown): string {
	return String(value ?? '').trim();
}
