import type { LogEntry } from './messageLog.mts';
import type { Account, WeComState } from './weComState.mts';

/** An entry without what the log gives it. */
type NewEntry = Pick<LogEntry, 'origin' | 'msgtype'> & Record<string, unknown>;

/** Adds an entry to the account's log and tells the app's address with a fresh sync token (wecom-kf.md, 2.3, 2.7). */
export function append(wecom: WeComState, account: Account, entry: NewEntry): string {
	const { now, corpId } = wecom.settings;
	const msgid = wecom.ids.message();
	const seconds = Math.floor(now() / 1000);
	account.log.append({ msgid, send_time: seconds, ...entry });
	const token = wecom.ids.syncToken();
	wecom.syncTokens.set(token, { openKfId: account.openKfId, endsAt: now() + 600_000 });
	wecom.callbacks.notify({
		ToUserName: corpId,
		CreateTime: seconds,
		MsgType: 'event',
		Event: 'kf_msg_or_event',
		Token: token,
		OpenKfId: account.openKfId,
	});
	return msgid;
}

/** An event: the ids stand inside `event` only (3.2). */
export const appendEvent = (
	wecom: WeComState,
	account: Account,
	eventType: string,
	fields: Record<string, unknown>,
): string =>
	append(wecom, account, {
		origin: 4,
		msgtype: 'event',
		event: { event_type: eventType, open_kfid: account.openKfId, ...fields },
	});
