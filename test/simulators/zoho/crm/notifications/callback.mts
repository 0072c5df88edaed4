import type { Crm } from '../crm.mts';
import { metadataId } from '../crm.mts';
import type { Channel, Happening, Operation } from './channel.mts';

const OPERATION_OF: Record<string, Operation[]> = {
	create: ['insert'],
	edit: ['update'],
	delete: ['delete'],
	all: ['insert', 'update', 'delete'],
};

/** Tells the channels, after the request that caused it: what one request does to several records goes out together. */
export function announce(crm: Crm, happening: Happening): void {
	const { notifications } = crm;
	notifications.gathered.push(happening);
	if (notifications.gathered.length > 1) return;
	const sending = Promise.resolve().then(() => {
		const gathered = notifications.gathered.splice(0);
		for (const channel of livingChannels(crm)) send(crm, channel, gathered);
	});
	track(crm, sending);
}

export function livingChannels({ notifications, now }: Crm): Channel[] {
	notifications.channels = notifications.channels.filter(({ expiresAt }) => expiresAt > now());
	return notifications.channels;
}

function send(crm: Crm, channel: Channel, gathered: readonly Happening[]): void {
	const fitting = gathered.filter((happening) => isWatched(channel, happening));
	const groups = new Map<string, Happening[]>();
	for (const happening of fitting) {
		const key = `${happening.module} ${happening.operation}`;
		groups.set(key, [...(groups.get(key) ?? []), happening]);
	}
	for (const group of groups.values()) {
		for (let copy = 0; copy < crm.notifications.settings.copies; copy++) {
			track(crm, deliver(crm, channel, group));
		}
	}
}

function isWatched({ events, conditions }: Channel, happening: Happening): boolean {
	const { module, operation, changed } = happening;
	const isChosen = events.some((event) => {
		const [name, action] = event.split('.');
		return name === module && OPERATION_OF[action].includes(operation);
	});
	const condition = conditions.find((each) => each.module === module);
	if (!isChosen || operation !== 'update' || !condition) return isChosen;
	return condition.fields.some((name) => name in changed);
}

/** Once, without a retry and without a signature (zoho-crm.md, 5.2). */
async function deliver(crm: Crm, channel: Channel, group: readonly Happening[]): Promise<void> {
	const { settings, deliveries, closing } = crm.notifications;
	const [{ module, operation }] = group;
	const isUpdate = operation === 'update';
	const body = {
		server_time: crm.now(),
		query_params: Object.fromEntries(new URL(channel.notifyUrl).searchParams),
		module,
		resource_uri: `https://www.zohoapis.eu/crm/v2/${module}`,
		ids: group.map(({ recordId }) => recordId),
		operation,
		channel_id: channel.id,
		token: channel.token,
		affected_fields: isUpdate
			? group.map(({ recordId, changed }) => ({ [recordId]: Object.keys(changed) }))
			: [],
		...(channel.returnsValues && {
			affected_values: group.map(({ recordId, changed }) => ({
				record_id: recordId,
				values: changed,
			})),
		}),
	};
	const delivery = {
		channelId: channel.id,
		url: channel.notifyUrl,
		body: structuredClone(body) as Record<string, unknown>,
		status: null as number | null,
		isLost: settings.isLosing,
	};
	deliveries.push(delivery);
	if (settings.isLosing) return;
	try {
		const response = await fetch(channel.notifyUrl, {
			method: 'POST',
			redirect: 'manual',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify(body),
			signal: AbortSignal.any([AbortSignal.timeout(settings.timeoutMs), closing.signal]),
		});
		await response.arrayBuffer();
		delivery.status = response.status;
	} catch {
		// Unreachable or too slow: Zoho does not try again.
		delivery.status = null;
	}
}

function track({ notifications: { underWay } }: Crm, work: Promise<unknown>): void {
	underWay.add(work);
	void work.finally(() => underWay.delete(work));
}

/** What answers say about each module of a channel. */
export function resourceOf(crm: Crm, module: string) {
	return {
		resource_uri: `https://www.zohoapis.eu/crm/v2/${module}`,
		resource_id: metadataId(crm, module),
		resource_name: module,
	};
}
