import { z } from 'zod';
import { WeComRefusal } from '../errcodes.mts';
import type { LogEntry } from '../messageLog.mts';
import type { WeComState } from '../weComState.mts';
import { managedAccountOf, openKfid, post, text, type Endpoint } from './endpoint.mts';

const MINUTE = 60_000;

/**
 * The strict limit of reads without a valid token (wecom-kf.md, 11.1), for the whole corp.
 *
 * @throws WeComRefusal 45009 from the eleventh within a minute on, until a minute has passed
 */
function countTokenlessRead({ settings, tokenlessReads: reads }: WeComState): void {
	const now = settings.now();
	const refusal = new WeComRefusal(45009, '', { msg_list: [] });
	if (now < reads.blockedUntil) throw refusal;
	reads.at = [...reads.at.filter((at) => at > now - MINUTE), now];
	if (reads.at.length <= settings.readsWithoutTokenAMinute) return;
	reads.blockedUntil = now + MINUTE;
	throw refusal;
}

/** A read with a stale, wrong or another account's token counts as one without (3.1). @throws WeComRefusal 95007 */
function checkToken(wecom: WeComState, openKfId: string, token: string | undefined): void {
	const known = token === undefined ? undefined : wecom.syncTokens.get(token);
	const isValid = known?.openKfId === openKfId && known.endsAt > wecom.settings.now();
	if (isValid) return;
	countTokenlessRead(wecom);
	if (token) throw new WeComRefusal(95007);
}

/** Voices in SILK have a media id of their own (3.1, `voice_format`). */
function inFormat(wecom: WeComState, entry: LogEntry, voiceFormat: number): LogEntry {
	if (entry.msgtype !== 'voice' || voiceFormat === 0) return entry;
	const { media_id: mediaId } = entry.voice as { media_id: string };
	return { ...entry, voice: { media_id: wecom.media.silkOf(mediaId) } };
}

/** wecom-kf.md, 3. */
export const readEndpoints: Endpoint[] = [
	post(
		'kf/sync_msg',
		{
			open_kfid: openKfid,
			cursor: text(64).optional(),
			token: text(128).optional(),
			limit: z.number().int().min(1).max(1000).default(1000),
			voice_format: z.number().int().min(0).max(1).default(0),
		},
		({ input, app, wecom }) => {
			const { openKfId, log } = managedAccountOf(wecom, app, input.open_kfid);
			checkToken(wecom, openKfId, input.token);
			const { faults, settings } = wecom;
			const cursor = input.cursor || undefined;
			const seconds = Math.floor(settings.now() / 1000);
			const atMost = Math.min(input.limit, settings.messagesPerPageAtMost);
			const empty = log.read(cursor, 0, seconds);
			if (faults.emptyPages > 0 && empty.has_more === 1) {
				faults.emptyPages -= 1;
				return empty;
			}
			const page = log.read(cursor, atMost, seconds);
			const msg_list = page.msg_list.map((entry) => inFormat(wecom, entry, input.voice_format));
			if (faults.stuckCursors > 0) {
				faults.stuckCursors -= 1;
				return { next_cursor: input.cursor ?? empty.next_cursor, has_more: 1, msg_list };
			}
			return { ...page, msg_list };
		},
	),
];
