/** What an event may be filtered by; null for nothing. */
export type EventFilter = {
	departmentIds?: string[];
	fields?: string[];
	includePrevState?: boolean;
	direction?: 'in' | 'out';
} | null;

export interface Webhook {
	id: string;
	url: string;
	name: string;
	description: string | null;
	subscriptions: Record<string, EventFilter>;
	includeEventsFrom: string[];
	ignoreSourceId: string | null;
	isEnabled: boolean;
	type: string;
	createdBy: string;
	createdTime: string;
	modifiedTime: string;
}

/** One request that Desk sent to a receiver. */
export interface Delivery {
	kind: 'probe' | 'event';
	/** Null while the subscription is being made. */
	webhookId: string | null;
	method: 'GET' | 'POST';
	url: string;
	/** The array of events; undefined for probes. */
	body?: DeskEvent[];
	/** Null if there was no answer in time. */
	status: number | null;
}

export interface DeskEvent {
	payload: object;
	/** Only where asked for: the whole resource before the change. */
	prevState?: object;
	/** Milliseconds since 1970, as text. */
	eventTime: string;
	eventType: string;
	orgId: string;
}
