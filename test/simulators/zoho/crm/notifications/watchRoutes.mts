import type { ApiAnswer, ApiRequest, EntryBody } from '../apiMessage.mts';
import { errorBody, isObject, refuse, statusOfEntries, successBody } from '../apiMessage.mts';
import type { Crm } from '../crm.mts';
import { zohoTime } from '../crm.mts';
import { scopesCover } from '../../accounts/scopes.mts';
import { listOf, pageOf } from '../paging.mts';
import type { Route } from '../route.mts';
import { moduleScope } from '../route.mts';
import { livingChannels, resourceOf } from './callback.mts';
import type { Channel } from './channel.mts';
import { checkWatch, type SentChannel } from './checkWatch.mts';

const PATH = '/actions/watch';
const MOST_CHANNELS_PER_REQUEST = 50;
const LONGEST_LIFE_MS = 7 * 86_400_000;
/** Of a channel without an expiry, or with one that is too far ahead: nobody is told. */
const SILENT_LIFE_MS = 3_600_000;
/** A listing shows no more events of a channel. */
const MOST_EVENTS_SHOWN = 10;

const scopes = (operation: string) => () => [`ZohoCRM.notifications.${operation}`];

export const watchRoutes: Route[] = [
	{ method: 'POST', path: PATH, scopes: scopes('CREATE'), handle: subscribe },
	{ method: 'PUT', path: PATH, scopes: scopes('UPDATE'), handle: change('replace') },
	{ method: 'PATCH', path: PATH, scopes: scopes('UPDATE'), handle: change('patch') },
	{ method: 'GET', path: PATH, scopes: scopes('READ'), handle: list },
	{ method: 'DELETE', path: PATH, scopes: scopes('DELETE'), handle: unsubscribe },
];

function subscribe(crm: Crm, request: ApiRequest): ApiAnswer {
	const entries = sentChannels(request).map((sent, index): EntryBody => {
		const checked = checkWatch(crm, sent, ['channel_id', 'events', 'notify_url'], index);
		if ('problem' in checked) return problemBody(checked.problem);
		const { channel } = checked;
		refuseUnreadableModules(request, channel.events ?? []);
		const { settings } = crm.notifications;
		const own = ownChannels(crm, request);
		const existing = own.find(({ id }) => id === channel.id);
		if (existing && settings.reusedChannelId === 'fails') {
			return errorBody('INVALID_DATA', 'invalid data', {
				api_name: 'channel_id',
				json_path: `$.watch[${index}].channel_id`,
			});
		}
		if (!existing && own.length >= settings.mostChannels) {
			return errorBody('LIMIT_REACHED', 'limit reached', { limit: settings.mostChannels });
		}
		return successBody(
			'Successfully subscribed for actions-watch of the given module',
			detailsOf(crm, put(crm, request, channel, undefined)),
		);
	});
	return { status: statusOfEntries(entries, 201), body: { watch: entries } };
}

function change(mode: 'replace' | 'patch') {
	const mandatory = mode === 'replace' ? ['channel_id', 'events', 'notify_url'] : ['channel_id'];
	return (crm: Crm, request: ApiRequest): ApiAnswer => {
		const entries = sentChannels(request).map((sent, index): EntryBody => {
			const checked = checkWatch(crm, sent, mandatory, index);
			if ('problem' in checked) return problemBody(checked.problem);
			const { channel } = checked;
			refuseUnreadableModules(request, channel.events ?? []);
			const existing = ownChannels(crm, request).find(({ id }) => id === channel.id);
			if (!existing) return notSubscribed(channel.id);
			const changed =
				mode === 'patch' && channel.deletesEvents
					? removeEvents(crm, existing, channel.events ?? [])
					: put(crm, request, channel, mode === 'patch' ? existing : undefined);
			return successBody('Successfully updated the subscribe details', detailsOf(crm, changed));
		});
		return { status: statusOfEntries(entries, 200), body: { watch: entries } };
	};
}

/** @param before what stays where nothing was sent */
function put(
	crm: Crm,
	{ token: { userId } }: ApiRequest,
	sent: SentChannel,
	before: Channel | undefined,
): Channel {
	const channel: Channel = {
		id: sent.id,
		userId,
		events: [...new Set([...(before?.events ?? []), ...(sent.events ?? [])])],
		notifyUrl: sent.notifyUrl ?? before?.notifyUrl ?? '',
		token: sent.token === undefined ? (before?.token ?? null) : sent.token,
		expiresAt: sent.expiry === undefined && before ? before.expiresAt : expiryOf(crm, sent.expiry),
		returnsValues: sent.returnsValues ?? before?.returnsValues ?? false,
		onRelatedAction: sent.onRelatedAction ?? before?.onRelatedAction ?? true,
		conditions: sent.conditions ?? before?.conditions ?? [],
	};
	const others = livingChannels(crm).filter(
		({ id, userId: of }) => id !== sent.id || of !== userId,
	);
	crm.notifications.channels = [...others, channel];
	return channel;
}

function expiryOf({ now, notifications }: Crm, asked: number | undefined): number {
	const isSilent =
		asked === undefined ||
		asked > now() + LONGEST_LIFE_MS ||
		notifications.settings.givesAnHourOnly;
	return isSilent ? now() + SILENT_LIFE_MS : asked;
}

function removeEvents(crm: Crm, channel: Channel, events: readonly string[]): Channel {
	channel.events = channel.events.filter((event) => !events.includes(event));
	if (channel.events.length === 0) {
		crm.notifications.channels = livingChannels(crm).filter((each) => each !== channel);
	}
	return channel;
}

function list(crm: Crm, request: ApiRequest): ApiAnswer {
	const { channel_id: id, module } = request.query;
	const { page, perPage } = pageOf(request);
	const found = ownChannels(crm, request)
		.filter((channel) => !id || channel.id === id)
		.flatMap((channel) => modulesOf(channel).map((name) => ({ channel, name })))
		.filter(({ name }) => !module || name === module);
	const shown = found.slice((page - 1) * perPage, page * perPage);
	if (shown.length === 0) return { status: 204 };
	return {
		status: 200,
		body: {
			watch: shown.map(({ channel, name }) => ({
				notify_on_related_action: channel.onRelatedAction,
				channel_expiry: zohoTime(crm, channel.expiresAt),
				return_affected_field_values: channel.returnsValues,
				...resourceOf(crm, name),
				notify_url: channel.notifyUrl,
				notification_condition: conditionOf(channel, name),
				fields: null,
				channel_id: channel.id,
				events: channel.events
					.filter((event) => event.startsWith(`${name}.`))
					.slice(0, MOST_EVENTS_SHOWN),
				token: channel.token,
			})),
			info: {
				per_page: perPage,
				count: shown.length,
				page,
				more_records: found.length > page * perPage,
			},
		},
	};
}

function unsubscribe(crm: Crm, request: ApiRequest): ApiAnswer {
	const ids = listOf(request, 'channel_ids');
	if (!ids) {
		return refuse(400, 'REQUIRED_PARAM_MISSING', 'One of the expected parameter is missing', {
			param_name: 'channel_ids',
		});
	}
	const own = ownChannels(crm, request);
	const entries = ids.flatMap((id): EntryBody[] => {
		const channel = own.find((each) => each.id === id);
		if (!channel) return [notSubscribed(id)];
		crm.notifications.channels = livingChannels(crm).filter((each) => each !== channel);
		return modulesOf(channel).map((name) => {
			const { resource_uri, resource_id } = resourceOf(crm, name);
			return successBody('Successfully un-subscribed from actions-watch', {
				resource_uri,
				resource_id,
				channel_id: id,
			});
		});
	});
	return { status: statusOfEntries(entries, 200), body: { watch: entries } };
}

function sentChannels({ body }: ApiRequest): Array<Record<string, unknown>> {
	if (!isObject(body)) refuse(400, 'INVALID_DATA', 'body', { expected_data_type: 'jsonobject' });
	const { watch } = body as { watch?: unknown };
	const at = { api_name: 'watch', json_path: '$.watch' };
	if (watch === undefined) refuse(400, 'MANDATORY_NOT_FOUND', 'required field not found', at);
	if (!Array.isArray(watch) || watch.length === 0 || !watch.every(isObject)) {
		return refuse(400, 'INVALID_DATA', 'invalid data', { expected_data_type: 'jsonarray', ...at });
	}
	if (watch.length > MOST_CHANNELS_PER_REQUEST) {
		refuse(400, 'INVALID_DATA', 'invalid data', {
			maximum_length: MOST_CHANNELS_PER_REQUEST,
			...at,
		});
	}
	return watch;
}

/** The scope of notifications, and READ of each module (zoho-crm.md, 1.7). */
function refuseUnreadableModules({ token }: ApiRequest, events: readonly string[]): void {
	for (const event of events) {
		const [module] = event.split('.');
		if (!scopesCover(token.scopes, moduleScope(module, 'READ'))) {
			refuse(401, 'OAUTH_SCOPE_MISMATCH', 'invalid oauth scope to access this URL');
		}
	}
}

function ownChannels(crm: Crm, { token }: ApiRequest): Channel[] {
	return livingChannels(crm).filter(({ userId }) => userId === token.userId);
}

function modulesOf({ events }: Channel): string[] {
	return [...new Set(events.map((event) => event.split('.')[0]))];
}

function conditionOf({ conditions }: Channel, module: string): object[] | null {
	const own = conditions.filter((each) => each.module === module).map(({ sent }) => sent);
	return own.length > 0 ? own : null;
}

function detailsOf(crm: Crm, channel: Channel) {
	return {
		events: modulesOf(channel).map((name) => ({
			channel_expiry: zohoTime(crm, channel.expiresAt),
			...resourceOf(crm, name),
			channel_id: channel.id,
			...(conditionOf(channel, name) && { notification_condition: conditionOf(channel, name) }),
		})),
	};
}

function notSubscribed(id: string): EntryBody {
	return errorBody('NOT_SUBSCRIBED', 'the channel is not subscribed', { channel_id: id });
}

function problemBody({
	code,
	message,
	details,
}: {
	code: string;
	message: string;
	details: object;
}) {
	return errorBody(code, message, { ...details });
}
