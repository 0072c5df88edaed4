import { createHash } from 'node:crypto';
import { WeComRefusal } from './errcodes.mts';

/** An entry of `msg_list` (wecom-kf.md, 3.2). */
export interface LogEntry extends Record<string, unknown> {
	msgid: string;
	/** Unix seconds. */
	send_time: number;
	origin: 3 | 4 | 5;
	msgtype: string;
}

const THREE_DAYS = 3 * 24 * 3600;

export type MessageLog = ReturnType<typeof openMessageLog>;

/** What one account has to read: customers' and servicers' messages and events, never what the API sent (3). */
export function openMessageLog(openKfId: string) {
	const entries: LogEntry[] = [];

	// Opaque to readers, and good for this account only.
	const cursorAt = (index: number) =>
		`4gw7${createHash('sha256').update(`${openKfId} ${index}`).digest('base64url').slice(0, 28)}`;
	const places = new Map([[cursorAt(0), 0]]);

	return {
		entries,
		append(entry: LogEntry) {
			entries.push(entry);
			places.set(cursorAt(entries.length), entries.length);
		},
		/**
		 * What follows the cursor, oldest first and nothing older than three days.
		 *
		 * @param atMost 0 gives the empty page that is allowed where there is more
		 * @throws WeComRefusal 40058 for a cursor that this account has never given
		 */
		read(cursor: string | undefined, atMost: number, nowSeconds: number) {
			const asked = cursor === undefined ? 0 : places.get(cursor);
			if (asked === undefined) throw new WeComRefusal(40058, 'cursor');
			const firstAlive = entries.findIndex(({ send_time }) => send_time > nowSeconds - THREE_DAYS);
			const start = Math.max(asked, firstAlive === -1 ? entries.length : firstAlive);
			const page = entries.slice(start, start + atMost);
			const end = start + page.length;
			return {
				next_cursor: cursorAt(end),
				has_more: end < entries.length ? 1 : 0,
				msg_list: page,
			};
		},
	};
}
