/** A field selection of `notification_condition`, brought down to what matters (zoho-crm.md, 5.1). */
export interface WatchedFields {
	module: string;
	/** API names; an edit of any of them fits. */
	fields: string[];
	/** As it was sent. */
	sent: object;
}

/** A notification channel (zoho-crm.md, 5.1). */
export interface Channel {
	id: string;
	/** Channels belong to the user of the token. */
	userId: string;
	/** `Contacts.create` … */
	events: string[];
	notifyUrl: string;
	token: string | null;
	/** Milliseconds since 1970. */
	expiresAt: number;
	returnsValues: boolean;
	onRelatedAction: boolean;
	conditions: WatchedFields[];
}

export type Operation = 'insert' | 'update' | 'delete';

/** One callback, in the order in which they were due. */
export interface NotificationDelivery {
	channelId: string;
	url: string;
	body: Record<string, unknown>;
	/** HTTP status of the receiver; null if nothing came back, or nothing was sent. */
	status: number | null;
	/** Zoho never sent it. */
	isLost: boolean;
}

export interface NotificationSettings {
	/** Which addresses are taken: Zoho takes https only; `loopback` also takes `http://127.0.0.1`. */
	notifyUrls: 'https' | 'loopback';
	/** What POST does with the id of a channel that lives: unconfirmed (zoho-crm.md, 5.1). */
	reusedChannelId: 'fails' | 'replaces';
	/** Notifications get lost on the way, as there is no retry. */
	isLosing: boolean;
	/** How many channels a user may have; Zoho does not say. */
	mostChannels: number;
	/** How often each notification is sent; exactly once is not documented. */
	copies: number;
	timeoutMs: number;
	/** Every channel gets an hour, whatever was asked for. */
	givesAnHourOnly: boolean;
}

/** All channels of an organisation and what went out on them. */
export interface Notifications {
	channels: Channel[];
	deliveries: NotificationDelivery[];
	settings: NotificationSettings;
	underWay: Set<Promise<unknown>>;
	/** What happened in this turn and has not been sent yet: mass actions make one notification. */
	gathered: Happening[];
	closing: AbortController;
}

export interface Happening {
	module: string;
	operation: Operation;
	recordId: string;
	/** Of an update: the fields that changed. */
	changed: Record<string, unknown>;
}

export function createNotifications(): Notifications {
	return {
		channels: [],
		deliveries: [],
		settings: {
			notifyUrls: 'https',
			reusedChannelId: 'fails',
			isLosing: false,
			mostChannels: 50,
			copies: 1,
			timeoutMs: 5_000,
			givesAnHourOnly: false,
		},
		underWay: new Set(),
		gathered: [],
		closing: new AbortController(),
	};
}
