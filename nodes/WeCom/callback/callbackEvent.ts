import { callbackNodes } from './callbackXml';

/** What WeCom tells by callback (wecom-kf.md, 2.7). Times are ISO 8601 UTC; null if WeCom gives none. */
export type CallbackEvent =
	| {
			type: 'messages';
			/** The account that has something new; null in very old payloads, which mean every account. */
			openKfId: string | null;
			/** With it messages are read without the strict limit, for ten minutes; null if absent. */
			syncToken: string | null;
			createdAt: string | null;
	  }
	| {
			type: 'accountsChanged';
			/** Ids of accounts that the app may manage from now on. */
			added: readonly string[];
			/** Ids of accounts that it may not manage any more. */
			removed: readonly string[];
			createdAt: string | null;
	  }
	/** An app has one address for all its events; the others are none of our business. */
	| { type: 'other'; name: string | null };

/** @param xml the decrypted message @returns null if it is not XML as WeCom sends it */
export function readCallbackEvent(xml: string): CallbackEvent | null {
	const nodes = callbackNodes(xml);
	if (!nodes) return null;
	const first = (name: string) => nodes.get(name)?.[0] || null;
	const name = first('Event');
	const createdAt = timeOf(first('CreateTime'));
	switch (name) {
		case 'kf_msg_or_event':
			return {
				type: 'messages',
				openKfId: first('OpenKfId'),
				syncToken: first('Token'),
				createdAt,
			};
		case 'kf_account_auth_change':
			return {
				type: 'accountsChanged',
				added: nodes.get('AuthAddOpenKfId') ?? [],
				removed: nodes.get('AuthDelOpenKfId') ?? [],
				createdAt,
			};
		default:
			return { type: 'other', name };
	}
}

function timeOf(seconds: string | null): string | null {
	return seconds !== null && /^\d{1,11}$/.test(seconds)
		? new Date(Number(seconds) * 1_000).toISOString()
		: null;
}
