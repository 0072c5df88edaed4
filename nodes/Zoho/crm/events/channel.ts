import { createHash } from 'crypto';
import { DateTime } from 'luxon';
import { zohoDateTime } from '../../dateTimes';
import type { ChangeName, ChangeWish } from './triggerSettings';

/** Zoho takes no more for one channel (zoho-crm.md, 5.1). */
export const MOST_EVENTS = 50;
export const MOST_WATCHED_FIELDS = 10;
export const LONGEST_NOTIFY_URL = 255;

/** A channel lives for a week at most; one that is asked for longer silently gets an hour (zoho-crm.md, 5.1). */
export const CHANNEL_LIFE_MS = 6 * 86_400_000;

const ACTIONS: Readonly<Record<ChangeName, string>> = {
	created: 'create',
	updated: 'edit',
	deleted: 'delete',
};

/** The watched fields of a module with their ids, as a notification condition wants them. */
export interface FieldCondition {
	module: { api_name: string; id: string };
	fields: ReadonlyArray<{ api_name: string; id: string }>;
}

/** The notification channel that a trigger wants. */
export interface WantedChannel {
	id: string;
	/** With the secret in it. */
	url: string;
	token: string;
	events: readonly string[];
	conditions: readonly FieldCondition[];
	lifeMs: number;
}

/** What Zoho calls the changes, such as `Contacts.edit`; all three of a module are one event. */
export function eventsOf({ modules, changes }: Pick<ChangeWish, 'modules' | 'changes'>): string[] {
	const actions =
		changes.length === Object.keys(ACTIONS).length ? ['all'] : changes.map((each) => ACTIONS[each]);
	return modules.flatMap((module) => actions.map((action) => `${module}.${action}`));
}

/**
 * The id of a trigger's channel: the same after every restart, and another one for every other trigger. It has 15 digits,
 * so that it also survives where somebody reads it as a number.
 *
 * @param parts what tells the trigger from all others
 */
export function channelIdOf(parts: readonly string[]): string {
	const digest = createHash('sha256').update(JSON.stringify(parts)).digest();
	return String(10n ** 14n + (digest.readBigUInt64BE() % (9n * 10n ** 14n)));
}

/** The body that makes or replaces a channel. @param now milliseconds since 1970 */
export function channelBody(wanted: WantedChannel, now: number): object {
	return watch({
		...lasting(wanted, now),
		token: wanted.token,
		return_affected_field_values: false,
		// Otherwise each note, call and task of a record would count as a change of it (zoho-crm.md, 5.1).
		notify_on_related_action: false,
		...(wanted.conditions.length > 0 && {
			notification_condition: wanted.conditions.map(({ module, fields }) => ({
				type: 'field_selection',
				module,
				field_selection: { group_operator: 'or', group: fields.map((field) => ({ field })) },
			})),
		}),
	});
}

/** The body that lets a channel live on. @param now milliseconds since 1970 */
export function renewalBody(wanted: WantedChannel, now: number): object {
	return watch(lasting(wanted, now));
}

function lasting({ id, events, url, lifeMs }: WantedChannel, now: number) {
	return {
		channel_id: id,
		events,
		notify_url: url,
		channel_expiry: zohoDateTime(DateTime.fromMillis(now + lifeMs, { zone: 'utc' })),
	};
}

function watch(channel: object): object {
	return { watch: [channel] };
}
