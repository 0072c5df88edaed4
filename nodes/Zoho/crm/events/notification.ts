import { isSameSecret } from '../../../triggers/triggerPlace';
import type { ChangeName } from './triggerSettings';

/** What Zoho CRM posts to the address of a channel (zoho-crm.md, 5.2): ids, and hints. */
export interface Notification {
	channelId: string;
	token: string;
	module: string;
	change: ChangeName;
	recordIds: readonly string[];
	/** By record id, the API names of what has changed; empty where Zoho does not say. */
	changedFields: Readonly<Record<string, readonly string[]>>;
	/** Milliseconds since 1970. */
	serverTimeMs: number;
}

const CHANGES: Readonly<Record<string, ChangeName>> = {
	insert: 'created',
	update: 'updated',
	delete: 'deleted',
};

/** Keys that would reach into the prototype of whatever they are merged into. */
const DANGEROUS_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
const MOST_IDS = 10_000;

/** Null for everything that is no notification. @param body the bytes as they came */
export function readNotification(body: Buffer): Notification | null {
	const parsed = parsedJson(body);
	if (!isObject(parsed)) return null;
	const { channel_id, token, module, ids, operation, affected_fields, server_time } = parsed;
	const change = typeof operation === 'string' ? CHANGES[operation] : undefined;
	const recordIds = Array.isArray(ids) ? ids.filter(isExact).map(String).filter(isRecordId) : [];
	if (!change || typeof module !== 'string' || recordIds.length === 0) return null;
	if (!/^[A-Za-z]\w*$/.test(module) || recordIds.length > MOST_IDS) return null;
	return {
		channelId: String(channel_id ?? ''),
		token: typeof token === 'string' ? token : '',
		module,
		change,
		recordIds: [...new Set(recordIds)],
		changedFields: fieldsById(affected_fields),
		serverTimeMs: Number(server_time) || 0,
	};
}

/** Whether a notification is from this channel: there is no signature, so its token has to tell. */
export function isFrom(
	{ channelId, token }: Notification,
	expected: { channelId: string; token: string | undefined },
): boolean {
	return isSameSecret(channelId, expected.channelId) && isSameSecret(token, expected.token);
}

function parsedJson(body: Buffer): unknown {
	try {
		return JSON.parse(body.toString('utf8'), (key, value: unknown) =>
			DANGEROUS_KEYS.has(key) ? undefined : value,
		);
	} catch {
		// No JSON, or nested so deeply that reading it needs more stack than there is.
		return undefined;
	}
}

/** `[{ "<id>": ["Phone", …] }, …]` by id. */
function fieldsById(affected: unknown): Record<string, string[]> {
	const entries = Array.isArray(affected) ? affected.filter(isObject) : [];
	return Object.fromEntries(
		entries
			.flatMap((each) => Object.entries(each))
			.filter(([id, names]) => isRecordId(id) && Array.isArray(names))
			.map(([id, names]) => [id, (names as unknown[]).map(String)]),
	);
}

/** A number of Zoho's ids has lost its last digits: it is another record's. */
function isExact(id: unknown): boolean {
	return typeof id !== 'number' || Number.isSafeInteger(id);
}

function isRecordId(value: string): boolean {
	return /^\d{1,20}$/.test(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
