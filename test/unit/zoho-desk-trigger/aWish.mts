import type {
	DeskTriggerSettings,
	EventWish,
} from '../../../nodes/Zoho/desk/events/triggerSettings';

/** What a trigger with no filter wants to hear of. */
export function aWish(changes: Partial<EventWish> = {}): EventWish {
	return {
		events: ['ticketCreated', 'ticketUpdated'],
		departmentIds: [],
		ticketFields: [],
		threadDirection: null,
		includePrevious: false,
		...changes,
	};
}

/** The settings of a trigger as a new node has them. */
export function settingsWith(
	wish: Partial<EventWish> = {},
	changes: Partial<DeskTriggerSettings> = {},
): DeskTriggerSettings {
	return {
		wish: aWish(wish),
		receiveBy: 'automatic',
		ignore: 'ownWrites',
		searchEveryMs: 300_000,
		compareEveryMs: 900_000,
		catchUpMs: 24 * 3_600_000,
		...changes,
	};
}
