import { joined, numberIn, textIn, type RawObject } from './rawValues';
import type { WeComEvent, WeComEventType } from './WeComMessage';

/** By `event_type` (wecom-kf.md, 3.4). */
const EVENT_TYPES: Readonly<Record<string, WeComEventType>> = {
	enter_session: 'enterSession',
	msg_send_fail: 'sendFailed',
	servicer_status_change: 'servicerStatusChanged',
	session_status_change: 'sessionChanged',
	user_recall_msg: 'customerRecalled',
	servicer_recall_msg: 'servicerRecalled',
	reject_customer_msg_switch_change: 'rejectSwitchChanged',
};

/** By `fail_type` (wecom-kf.md, 3.4); 3 does not exist, 7 and 9 are of older pages. */
const FAIL_REASONS: Readonly<Partial<Record<number, string>>> = {
	0: 'WeCom gives no reason',
	1: 'the customer-service account was deleted',
	2: 'the app is switched off',
	4: 'more than 48 hours have passed since the customer wrote',
	5: 'the session was closed',
	6: 'more than five messages followed the last message of the customer',
	7: 'no WeChat Channels account is bound',
	8: 'the company is not verified',
	9: 'the company is not verified and no WeChat Channels account is bound',
	10: 'the customer refuses messages',
	11: 'no member of the company has ever logged in to the WeCom app',
	12: 'this type of message is banned for the customer-service component',
	13: 'WeCom has stopped the content for security reasons',
};

const CHANGES: Readonly<Partial<Record<number, WeComEvent['change']>>> = {
	1: 'takenFromPool',
	2: 'transferred',
	3: 'ended',
	4: 'reopened',
};

const NOTHING: Omit<WeComEvent, 'type'> = {
	scene: null,
	sceneParameters: null,
	welcomeCode: null,
	failedMessageId: null,
	reason: null,
	change: null,
	messageCode: null,
	oldServicerUserId: null,
	newServicerUserId: null,
	recalledMessageId: null,
	status: null,
	isRejected: null,
	accountsAdded: null,
	accountsRemoved: null,
};

/** @param body the member `event` of a message */
export function readEvent(body: RawObject): WeComEvent {
	const name = textIn(body.event_type);
	const type = name !== null && Object.hasOwn(EVENT_TYPES, name) ? EVENT_TYPES[name] : name;
	return {
		...NOTHING,
		type: type ?? 'unknown',
		scene: textIn(body.scene),
		sceneParameters: type === 'enterSession' ? parametersIn(textIn(body.scene_param)) : null,
		welcomeCode: textIn(body.welcome_code),
		failedMessageId: textIn(body.fail_msgid),
		reason: type === 'sendFailed' ? reasonOf(numberIn(body.fail_type)) : null,
		change: type === 'sessionChanged' ? (CHANGES[numberIn(body.change_type) ?? 0] ?? null) : null,
		messageCode: textIn(body.msg_code),
		oldServicerUserId: textIn(body.old_servicer_userid),
		newServicerUserId: textIn(body.new_servicer_userid),
		recalledMessageId: textIn(body.recall_msgid),
		status: type === 'servicerStatusChanged' ? statusOf(body) : null,
		isRejected: type === 'rejectSwitchChanged' ? numberIn(body.reject_switch) === 1 : null,
	};
}

/** What a callback tells about the accounts that the app manages. */
export function accountsChanged(added: readonly string[], removed: readonly string[]): WeComEvent {
	return {
		...NOTHING,
		type: 'accountsChanged',
		accountsAdded: [...added],
		accountsRemoved: [...removed],
	};
}

/** An event as a sentence. @param servicerUserId the member of the company whom it concerns */
export function eventText(event: WeComEvent, servicerUserId: string | null): string {
	const servicer = servicerUserId ?? 'A servicer';
	switch (event.type) {
		case 'enterSession':
			return joined('', 'The customer opened the chat', event.scene && ` (scene ${event.scene})`);
		case 'sendFailed':
			return joined('', 'A message was not delivered', event.reason && `: ${event.reason}`);
		case 'servicerStatusChanged':
			return `${servicer} ${STATUS_TEXTS[event.status ?? 'unknown']}`;
		case 'sessionChanged':
			return sessionText(event);
		case 'customerRecalled':
			return 'The customer recalled a message';
		case 'servicerRecalled':
			return `${servicer} recalled a message`;
		case 'rejectSwitchChanged':
			return event.isRejected
				? `${servicer} refuses messages of this customer from now on`
				: `${servicer} takes messages of this customer again`;
		case 'accountsChanged':
			return joined(
				'',
				'The accounts that the app manages changed',
				event.accountsAdded?.length ? `; added: ${event.accountsAdded.join(', ')}` : null,
				event.accountsRemoved?.length ? `; removed: ${event.accountsRemoved.join(', ')}` : null,
			);
		default:
			return `Event ${event.type}`;
	}
}

const STATUS_TEXTS = {
	receiving: 'receives customers now',
	stopped: 'receives no customers any more',
	suspended: 'receives no customers for the time being',
	unknown: 'changed the status',
};

function sessionText({ change, oldServicerUserId: from, newServicerUserId: to }: WeComEvent) {
	switch (change) {
		case 'takenFromPool':
			return joined(' ', 'The session was taken from the waiting pool', to && `by ${to}`);
		case 'transferred':
			return joined(' ', 'The session was transferred', from && `from ${from}`, to && `to ${to}`);
		case 'ended':
			return joined(' ', 'The session was ended', from && `by ${from}`);
		case 'reopened':
			return joined(' ', 'The session was opened again', to && `by ${to}`);
		case null:
			return 'The session changed';
	}
}

function reasonOf(failType: number | null): string {
	return FAIL_REASONS[failType ?? 0] ?? `WeCom's reason ${failType}`;
}

/** Other numbers than in the list of servicers: 1 receiving, 2 stopped (wecom-kf.md, 3.4). */
function statusOf({ status, stop_type: stopType }: RawObject): WeComEvent['status'] {
	switch (numberIn(status)) {
		case 1:
			return 'receiving';
		case 2:
			return numberIn(stopType) === 1 ? 'suspended' : 'stopped';
		default:
			return null;
	}
}

/** WeCom has decoded the parameter as a whole; its parts are as in a query string. */
function parametersIn(parameters: string | null): Record<string, string> | null {
	if (parameters === null) return null;
	return Object.fromEntries(new URLSearchParams(parameters));
}
