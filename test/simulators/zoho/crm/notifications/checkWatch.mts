import { isObject } from '../apiMessage.mts';
import type { Details } from '../apiMessage.mts';
import type { Crm } from '../crm.mts';
import { metadataId } from '../crm.mts';
import type { WatchedFields } from './channel.mts';

const MOST_EVENTS = 50;
const MOST_FIELDS = 10;
const LONGEST_URL = 255;
const LONGEST_TOKEN = 50;
const ACTIONS = ['create', 'edit', 'delete', 'all'];
/** Modules without notifications (zoho-crm.md, 5.1: "Notes are not listed"). */
const UNWATCHED = ['Notes'];
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/;
const LARGEST_ID = 2n ** 63n - 1n;

/** What a request wants of a channel, after the checks of zoho-crm.md, 5.1. Absent keys were not sent. */
export interface SentChannel {
	id: string;
	events?: string[];
	notifyUrl?: string;
	token?: string | null;
	/** Milliseconds since 1970. */
	expiry?: number;
	returnsValues?: boolean;
	onRelatedAction?: boolean;
	conditions?: WatchedFields[];
	deletesEvents: boolean;
}

export type WatchProblem = { code: string; message: string; details: Details };

class Refused extends Error {
	constructor(readonly problem: WatchProblem) {
		super(problem.code);
	}
}

/** @param mandatory keys without which the request is refused */
export function checkWatch(
	crm: Crm,
	sent: Record<string, unknown>,
	mandatory: readonly string[],
	index: number,
): { channel: SentChannel } | { problem: WatchProblem } {
	try {
		for (const name of mandatory) {
			if (sent[name] === undefined) {
				throw new Refused({
					code: 'MANDATORY_NOT_FOUND',
					message: 'required field not found',
					details: { api_name: name, json_path: `$.watch[${index}].${name}` },
				});
			}
		}
		return { channel: checked(crm, sent, index) };
	} catch (error) {
		if (error instanceof Refused) return { problem: error.problem };
		throw error;
	}
}

function checked(crm: Crm, sent: Record<string, unknown>, index: number): SentChannel {
	const invalid = (name: string, type: string, more: Details = {}): never => {
		throw new Refused({
			code: 'INVALID_DATA',
			message: 'invalid data',
			details: {
				expected_data_type: type,
				api_name: name,
				json_path: `$.watch[${index}].${name}`,
				...more,
			},
		});
	};
	const flag = (name: string): boolean | undefined => {
		const value = sent[name];
		if (value !== undefined && typeof value !== 'boolean') invalid(name, 'boolean');
		return value as boolean | undefined;
	};
	const known = [
		'channel_id',
		'events',
		'notify_url',
		'token',
		'channel_expiry',
		'return_affected_field_values',
		'notify_on_related_action',
		'notification_condition',
		'_delete_events',
	];
	// Chosen: strictness helps here; Zoho drops unknown keys of records without a word.
	for (const name of Object.keys(sent)) if (!known.includes(name)) invalid(name, 'unknown key');

	const id = String(sent.channel_id);
	const isText = typeof sent.channel_id === 'string' || Number.isSafeInteger(sent.channel_id);
	if (!isText || !/^\d{1,19}$/.test(id) || BigInt(id) > LARGEST_ID) invalid('channel_id', 'bigint');

	return {
		id,
		events: eventsIn(),
		notifyUrl: notifyUrlIn(),
		token: tokenIn(),
		expiry: expiryIn(),
		returnsValues: flag('return_affected_field_values'),
		onRelatedAction: flag('notify_on_related_action'),
		conditions: conditionsIn(),
		deletesEvents: flag('_delete_events') ?? false,
	};

	function eventsIn(): string[] | undefined {
		const { events } = sent;
		if (events === undefined) return undefined;
		if (!Array.isArray(events) || events.length === 0) return invalid('events', 'jsonarray');
		if (events.length > MOST_EVENTS)
			invalid('events', 'jsonarray', { maximum_length: MOST_EVENTS });
		const modules = crm.modules.map(({ apiName }) => apiName);
		events.forEach((event, place) => {
			const [module, action, ...rest] = String(event).split('.');
			const isKnown = modules.includes(module) && !UNWATCHED.includes(module);
			if (typeof event !== 'string' || !isKnown || !ACTIONS.includes(action) || rest.length > 0) {
				invalid('events', 'event', { json_path: `$.watch[${index}].events[${place}]` });
			}
		});
		return events as string[];
	}

	function notifyUrlIn(): string | undefined {
		const { notify_url: url } = sent;
		if (url === undefined) return undefined;
		if (typeof url !== 'string' || !URL.canParse(url)) return invalid('notify_url', 'url');
		if (url.length > LONGEST_URL) invalid('notify_url', 'url', { maximum_length: LONGEST_URL });
		const { protocol, hostname } = new URL(url);
		const isLoopback = protocol === 'http:' && hostname === '127.0.0.1';
		const isTaken =
			protocol === 'https:' || (isLoopback && crm.notifications.settings.notifyUrls === 'loopback');
		if (!isTaken) invalid('notify_url', 'url');
		return url;
	}

	function tokenIn(): string | null | undefined {
		const { token } = sent;
		if (token === undefined || token === null) return token;
		if (typeof token !== 'string') return invalid('token', 'string');
		if (token.length > LONGEST_TOKEN) invalid('token', 'string', { maximum_length: LONGEST_TOKEN });
		return token;
	}

	function expiryIn(): number | undefined {
		const { channel_expiry: expiry } = sent;
		if (expiry === undefined) return undefined;
		if (typeof expiry !== 'string' || !DATE_TIME.test(expiry)) {
			return invalid('channel_expiry', 'datetime');
		}
		if (Date.parse(expiry) <= crm.now()) invalid('channel_expiry', 'datetime');
		return Date.parse(expiry);
	}

	function conditionsIn(): WatchedFields[] | undefined {
		const name = 'notification_condition';
		const { [name]: conditions } = sent;
		if (conditions === undefined) return undefined;
		if (!Array.isArray(conditions)) return invalid(name, 'jsonarray');
		return conditions.map((condition: unknown): WatchedFields => {
			if (!isObject(condition) || condition.type !== 'field_selection')
				return invalid(name, 'type');
			const { module, field_selection: selection } = condition;
			if (!isObject(module) || !isObject(selection)) return invalid(name, 'jsonobject');
			const definition = crm.modules.find(({ apiName }) => apiName === module.api_name);
			if (!definition || module.id !== metadataId(crm, definition.apiName)) {
				return invalid(name, 'module');
			}
			const { group_operator: operator, group } = selection;
			if (operator !== 'or' || !Array.isArray(group) || group.length === 0) {
				return invalid(name, 'group');
			}
			if (group.length > MOST_FIELDS) invalid(name, 'group', { maximum_length: MOST_FIELDS });
			const fields = group.map((member: unknown) => {
				const field = isObject(member) && isObject(member.field) ? member.field : {};
				const found = definition.fields.find(({ apiName }) => apiName === field.api_name);
				if (!found || field.id !== metadataId(crm, `${definition.apiName}.${found.apiName}`)) {
					return invalid(name, 'field');
				}
				return found.apiName;
			});
			return { module: definition.apiName, fields, sent: condition };
		});
	}
}
