import { isEqual, uniq } from 'lodash';
import { eventTypeNamed, type DeskEventName } from './eventTypes';
import type { EventWish } from './triggerSettings';

/** What Zoho Desk may filter an event by; null for nothing. */
export type EventFilter = {
	departmentIds?: string[];
	direction?: 'in' | 'out';
	includePrevState?: boolean;
} | null;

/** By the names of Desk's events. */
export type Subscriptions = Record<string, EventFilter>;

/**
 * The one subscription that gives each of these triggers what it wants; each of them filters what it gets once more.
 *
 * Desk could also filter by changed fields. It is asked for the state before the change in place of that: so every change
 * is heard of, and the search for missed ones does not take a change of another field for one.
 */
export function subscriptionFor(wishes: readonly EventWish[]): Subscriptions {
	const names = uniq(wishes.flatMap(({ events }) => events)).toSorted();
	return Object.fromEntries(
		names.map((name) => [
			eventTypeNamed(name).eventType,
			filterFor(
				name,
				wishes.filter(({ events }) => events.includes(name)),
			),
		]),
	);
}

function filterFor(name: DeskEventName, wishes: readonly EventWish[]): EventFilter {
	const { takesDepartments, takesPreviousState } = eventTypeNamed(name);
	const needsPrevious = wishes.some(
		({ includePrevious, ticketFields }) =>
			includePrevious || (name === 'ticketUpdated' && ticketFields.length > 0),
	);
	const departments = wishes.map(({ departmentIds }) => departmentIds);
	const directions = uniq(wishes.map(({ threadDirection }) => threadDirection));
	const [direction] = directions;
	return nullIfEmpty({
		...(takesDepartments &&
			departments.every(({ length }) => length > 0) && {
				departmentIds: uniq(departments.flat()).toSorted(),
			}),
		...(name === 'threadCreated' && directions.length === 1 && direction !== null && { direction }),
		...(takesPreviousState && needsPrevious && { includePrevState: true }),
	});
}

/** Everything that either of two subscriptions gives. */
export function widened(one: Subscriptions, other: Subscriptions): Subscriptions {
	const names = uniq([...Object.keys(one), ...Object.keys(other)]).toSorted();
	return Object.fromEntries(
		names.map((name) => [
			name,
			name in one && name in other
				? widerFilter(one[name], other[name])
				: name in one
					? one[name]
					: other[name],
		]),
	);
}

function widerFilter(one: EventFilter, other: EventFilter): EventFilter {
	const departmentIds =
		one?.departmentIds && other?.departmentIds
			? uniq([...one.departmentIds, ...other.departmentIds]).toSorted()
			: undefined;
	const direction = one?.direction === other?.direction ? one?.direction : undefined;
	const includePrevState = one?.includePrevState || other?.includePrevState;
	return nullIfEmpty({
		...(departmentIds && { departmentIds }),
		...(direction && { direction }),
		...(includePrevState && { includePrevState }),
	});
}

/** Whether two subscriptions are the same, however Desk writes that an event has no filter. */
export function isSameSubscription(one: Subscriptions, other: Subscriptions): boolean {
	return isEqual(widened(one, one), widened(other, other));
}

function nullIfEmpty(filter: NonNullable<EventFilter>): EventFilter {
	return Object.keys(filter).length > 0 ? filter : null;
}
