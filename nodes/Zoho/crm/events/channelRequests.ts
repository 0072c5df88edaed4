import type { IDataObject } from 'n8n-workflow';
import { ServiceError } from '../../../transport/ServiceError';
import { successOf } from '../../transport/errors';
import type { ZohoCrmClient } from '../../transport/zohoCrm';
import { channelBody, renewalBody, type WantedChannel } from './channel';

const PATH = '/actions/watch';
/** A listing shows no more events of a channel (zoho-crm.md, 5.1). */
const MOST_EVENTS_SHOWN = 10;
/** What Zoho silently gives; assumed where it does not say. */
const SHORTEST_LIFE_MS = 3_600_000;

export type ChannelClient = Pick<ZohoCrmClient, 'read' | 'write'>;

/** A channel as Zoho lists it. */
export interface FoundChannel {
	url: string;
	token: string | null;
	events: readonly string[];
	/** API names of the fields of its conditions, with the module in front. */
	watchedFields: readonly string[];
	isOnRelatedAction: boolean;
	/** Milliseconds since 1970. */
	expiresAt: number;
}

/** The channel with this id; null if there is none, or it has expired. One credit. @throws ServiceError */
export async function findChannel(
	client: ChannelClient,
	id: string,
	now: number,
): Promise<FoundChannel | null> {
	const { body } = await client
		.read({ method: 'GET', path: PATH, query: { channel_id: id } })
		.catch((error: unknown) => {
			// How Zoho lists a channel that is not there is not confirmed (zoho-crm.md, 5.1).
			if (!isNotSubscribed(error)) throw error;
			return { body: undefined };
		});
	// There is one entry for each module of a channel.
	const entries = ((body?.watch ?? []) as IDataObject[]).filter(
		({ channel_id }) => String(channel_id) === id,
	);
	if (entries.length === 0) return null;
	const [{ notify_url, token }] = entries;
	return {
		url: String(notify_url ?? ''),
		token: typeof token === 'string' ? token : null,
		events: [...new Set(entries.flatMap(({ events }) => (events ?? []) as string[]))],
		watchedFields: [...new Set(entries.flatMap(watchedFieldsIn))],
		isOnRelatedAction: entries.some((each) => each.notify_on_related_action !== false),
		expiresAt: earliestExpiry(entries, now),
	};
}

/** Whether a channel does what is wanted, its expiry apart. */
export function isAsWanted(found: FoundChannel, wanted: WantedChannel): boolean {
	const fields = wanted.conditions.flatMap(({ module, fields: own }) =>
		own.map(({ api_name }) => `${module.api_name}.${api_name}`),
	);
	return (
		found.url === wanted.url &&
		found.token === wanted.token &&
		!found.isOnRelatedAction &&
		isSameSet(found.watchedFields, fields) &&
		found.events.every((event) => wanted.events.includes(event)) &&
		(found.events.length === wanted.events.length || found.events.length >= MOST_EVENTS_SHOWN)
	);
}

/**
 * Makes a channel, replaces it with all that it has, or lets it live on. One credit.
 *
 * @returns until when it lives, milliseconds since 1970: Zoho may give less than was asked for, without a word
 * @throws ServiceError with the code `NOT_SUBSCRIBED` if there is nothing to replace or renew
 */
export async function subscribe(
	client: ChannelClient,
	how: 'create' | 'replace' | 'renew',
	wanted: WantedChannel,
	now: number,
): Promise<number> {
	const method = ({ create: 'POST', replace: 'PUT', renew: 'PATCH' } as const)[how];
	const body = how === 'renew' ? renewalBody(wanted, now) : channelBody(wanted, now);
	const answer = await client.write({ method, path: PATH, body });
	const entries = (answer.body?.watch ?? []) as unknown[];
	const { details } = successOf(entries.at(0));
	return earliestExpiry((details.events ?? []) as IDataObject[], now);
}

/** Ends a channel; one that is gone already is no error. One credit. @throws ServiceError */
export async function unsubscribe(client: ChannelClient, id: string): Promise<void> {
	const { body } = await client
		.write({ method: 'DELETE', path: PATH, query: { channel_ids: id } })
		.catch((error: unknown) => {
			if (!isNotSubscribed(error)) throw error;
			return { body: undefined };
		});
	for (const entry of (body?.watch ?? []) as unknown[]) {
		if ((entry as { code?: string }).code !== 'NOT_SUBSCRIBED') successOf(entry);
	}
}

export function isNotSubscribed(error: unknown): boolean {
	return error instanceof ServiceError && error.code === 'NOT_SUBSCRIBED';
}

function earliestExpiry(entries: readonly IDataObject[], now: number): number {
	const known = entries
		.map(({ channel_expiry }) => Date.parse(String(channel_expiry)))
		.filter(Number.isFinite);
	return known.length > 0 ? Math.min(...known) : now + SHORTEST_LIFE_MS;
}

interface SentCondition {
	module?: { api_name?: string };
	field_selection?: { group?: Array<{ field?: { api_name?: string } }> };
}

function watchedFieldsIn({ notification_condition: conditions }: IDataObject): string[] {
	return ((conditions ?? []) as SentCondition[]).flatMap(({ module, field_selection }) =>
		(field_selection?.group ?? []).map(({ field }) => `${module?.api_name}.${field?.api_name}`),
	);
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
	return one.length === other.length && one.every((each) => other.includes(each));
}
