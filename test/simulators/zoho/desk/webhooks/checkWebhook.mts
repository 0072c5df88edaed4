import type { Fields } from '../../crm/records/recordStore.mts';
import type { FieldError } from '../apiMessage.mts';
import { fieldError, isObject, refuseIfAny } from '../apiMessage.mts';
import type { DeskPortal } from '../portal.mts';
import { layoutOf } from '../fields/layouts.mts';
import { EVENT_TYPES } from './eventTypes.mts';
import type { Webhook } from './webhook.mts';

const LONGEST_NAME = 50;
const MOST_FIELDS = 5;
const VERSION_1_UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-1[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

type Check = (portal: DeskPortal, value: unknown) => string[];

const wrongUnless =
	(isRight: (value: unknown) => boolean): Check =>
	(_portal, value) =>
		isRight(value) ? [] : [''];

/** What each field may hold; a check gives the pointers of what is wrong, below the field. */
const CHECKS: Record<string, Check> = {
	url: wrongUnless((value) => typeof value === 'string' && /^https?:\/\/[^\s/]+/.test(value)),
	name: wrongUnless(
		(value) => typeof value === 'string' && value !== '' && value.length <= LONGEST_NAME,
	),
	description: wrongUnless((value) => typeof value === 'string'),
	isEnabled: wrongUnless((value) => typeof value === 'boolean'),
	includeEventsFrom: wrongUnless(
		(value) => Array.isArray(value) && value.every((source) => source === 'AUTOMATION'),
	),
	// A live test with version 4 was refused, Zoho's sample is version 1 (zoho-desk.md, 8.2, unconfirmed).
	ignoreSourceId: wrongUnless((value) => typeof value === 'string' && VERSION_1_UUID.test(value)),
	subscriptions: wrongSubscriptions,
};

/**
 * The body of `POST` and `PATCH /webhooks`. Chosen: name, address and at least one event are mandatory, and a filter that
 * an event does not know is refused.
 *
 * @throws DeskRefusal
 */
export function checkWebhook(
	portal: DeskPortal,
	sent: Fields,
	mode: 'create' | 'update',
): Partial<Webhook> {
	const errors: FieldError[] = Object.entries(sent).flatMap(([name, value]) => {
		const check = CHECKS[name];
		if (!check) return [fieldError(name)];
		return check(portal, value).map((below) => fieldError(name + below));
	});
	if (mode === 'create') {
		for (const name of ['url', 'name', 'subscriptions']) {
			if (sent[name] === undefined) errors.push(fieldError(name, 'missing'));
		}
	}
	refuseIfAny(errors);
	return sent;
}

function wrongSubscriptions(portal: DeskPortal, value: unknown): string[] {
	if (!isObject(value) || Object.keys(value).length === 0) return [''];
	return Object.entries(value).flatMap(([eventType, filter]) => {
		const known = EVENT_TYPES[eventType];
		if (!known || (filter !== null && !isObject(filter))) return [`/${eventType}`];
		return Object.entries(filter ?? {})
			.filter(
				([key, setting]) =>
					!known.includes(key as (typeof known)[number]) || !isSetting(portal, key, setting),
			)
			.map(([key]) => `/${eventType}/${key}`);
	});
}

function isSetting(portal: DeskPortal, key: string, setting: unknown): boolean {
	const isListOf = (names: string[]) =>
		Array.isArray(setting) && setting.length > 0 && setting.every((name) => names.includes(name));
	switch (key) {
		case 'departmentIds':
			return isListOf(portal.departments.map(({ id }) => id));
		case 'fields': {
			const names = layoutOf(portal.layouts, 'tickets', null).fields.map(({ apiName }) => apiName);
			return isListOf(names) && (setting as string[]).length <= MOST_FIELDS;
		}
		case 'direction':
			return setting === 'in' || setting === 'out';
		default:
			return typeof setting === 'boolean';
	}
}
