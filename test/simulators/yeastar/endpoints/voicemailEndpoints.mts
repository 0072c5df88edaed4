import { z } from 'zod';
import type { VoicemailMessage } from '../callRecord.mts';
import type { GroupVoicemail } from '../company.mts';
import { isExtension, partyOf } from '../company.mts';
import { downloadAnswer, downloadStamp } from '../downloads.mts';
import { notFound } from '../errcodes.mts';
import { displayTime } from '../pbxClock.mts';
import type { PbxState } from '../pbxState.mts';
import { toneAsWav } from '../wavTone.mts';
import { get, type Endpoint } from './endpoint.mts';
import { pageOf, pagingParameters, type Paging } from './paging.mts';

/** Messages that have been written; those of calls that ended just now come later. */
const ready = (pbx: PbxState) =>
	pbx.voicemails.filter(({ readyAt }) => readyAt <= pbx.settings.now());

/** "For group voicemail, you can only query … whose mode is set to Shared by Members": others have no mailbox. */
function groupOf(number: string, pbx: PbxState): GroupVoicemail | undefined {
	return pbx.settings.company.groupVoicemails.find(
		(group) => group.number === number && group.mode === 'share',
	);
}

function mailbox(number: string, paging: Paging, pbx: PbxState) {
	const { company } = pbx.settings;
	const group = groupOf(number, pbx);
	if (group === undefined && !isExtension(company, number)) throw notFound();
	const rows = ready(pbx)
		.filter((message) => message.mailbox === number)
		.map((message, index) => rowOf(message, index, group, pbx));
	const page = pageOf(rows, paging, pbx, {});
	return { number, total_number: page.total_number, data: page.rows };
}

function rowOf(
	message: VoicemailMessage,
	index: number,
	group: GroupVoicemail | undefined,
	pbx: PbxState,
) {
	const { timeZone, displayFormat, company } = pbx.settings;
	return {
		msg_id: message.id,
		file_name: `msg${String(index).padStart(4, '0')}.wav`,
		is_read: message.readBy.length > 0 ? 1 : 0,
		duration: message.seconds,
		size: toneAsWav(message.seconds).length,
		group_voicemail_read_status:
			group?.members.map((number) => ({
				...partyOf(company, number),
				is_read: message.readBy.includes(number) ? 1 : 0,
			})) ?? null,
		name: message.fromName,
		time: displayTime(message.startedAt, timeZone, displayFormat),
		number: message.from,
	};
}

const { page, page_size } = pagingParameters;
const numbers = z
	.string()
	.regex(/^\d+(,\d+)*$/)
	.transform((text) => text.split(','));

/**
 * "Query Voicemail Messages of Multiple Extensions or Group Voicemails" and "Download a Voicemail Message" of the
 * P-Series developer guide.
 */
export const voicemailEndpoints: Endpoint[] = [
	get('vm/query', { query: z.object({ page, page_size, number: numbers }) }, ({ query, pbx }) => ({
		voicemail_list: query.number.map((number) => mailbox(number, query, pbx)),
	})),
	get('vm/download', { query: z.object({ msg_id: z.string().min(1) }) }, ({ query, pbx }) => {
		const message = ready(pbx).find(({ id }) => id === query.msg_id);
		if (message === undefined) throw notFound();
		const firmware = pbx.settings.firmwareVersion.replace(/^\d+/, 'x').replace(/\d+$/, 'x');
		const file = `PBX-Voicemail-${firmware}-download-${downloadStamp(pbx)}.wav`;
		return downloadAnswer(pbx, `/api/download/${file}`, file, message.seconds);
	}),
];
