import { uniq } from 'lodash';
import { CALL_EVENT_TYPES } from './eventTypes';

/** An entry of the PBX's list under Webhook Event Push; what else it holds is passed back as it came. */
export interface WebhookEntry {
	url: string;
	secret?: string;
	request_method?: string;
	/** Numbers of events; 0 stands for all. */
	event_ids?: number[];
	[more: string]: unknown;
}

/** The entry of one node. */
export interface OwnWebhookEntry extends WebhookEntry {
	secret: string;
	request_method: 'POST';
	event_ids: number[];
}

/** All systems share them (yeastar.md, 12). */
const MOST_ENTRIES = 5;

/**
 * The list with the node's own entry in it, once. Other systems' entries stay as they are and where they are.
 *
 * @returns null if other systems have taken every place
 */
export function entriesWith(list: WebhookEntry[], own: OwnWebhookEntry): WebhookEntry[] | null {
	const others = entriesWithout(list, own.url);
	return others.length < MOST_ENTRIES ? [...others, own] : null;
}

export function entriesWithout(list: WebhookEntry[], url: string): WebhookEntry[] {
	return list.filter((entry) => !isAt(entry, url));
}

/** The entry that pushes to this address; the address is all that tells the node's own from other systems'. */
export function entryAt(list: WebhookEntry[], url: string): WebhookEntry | undefined {
	return list.find((entry) => isAt(entry, url));
}

/** Whether the list has the entry exactly as it should be. */
export function hasEntry(list: WebhookEntry[], own: OwnWebhookEntry): boolean {
	const found = list.filter((entry) => isAt(entry, own.url));
	return (
		found.length === 1 &&
		found[0].secret === own.secret &&
		found[0].request_method?.toUpperCase() === own.request_method &&
		sorted(found[0].event_ids ?? []) === sorted(own.event_ids)
	);
}

/**
 * The events that a node wants pushed: those from which calls are folded, as far as the PBX has them, and those that the
 * user has chosen.
 *
 * @param offered what the PBX can push; an empty list if it does not say
 */
export function wantedEvents(
	chosen: number[],
	offered: number[],
): { eventIds: number[]; notOffered: number[] } {
	const isOffered = (id: number) => offered.length === 0 || offered.includes(id);
	const eventIds = uniq([...CALL_EVENT_TYPES, ...chosen]).filter(isOffered);
	return { eventIds, notOffered: chosen.filter((id) => !isOffered(id)) };
}

function isAt(entry: WebhookEntry, url: string): boolean {
	return entry.url.trim() === url;
}

function sorted(ids: number[]): string {
	return [...ids].sort((a, b) => a - b).join();
}
