import { IANAZone } from 'luxon';
import {
	NodeOperationError,
	type IHookFunctions,
	type ITriggerFunctions,
	type IWebhookFunctions,
} from 'n8n-workflow';
import type { CallDirection } from '../../call/Call';
import type { CallMoment } from '../../call/CallTracker';
import { countryOf } from '../callParameters';
import type { CallFeedSettings } from './callFeed';
import type { CallFilter } from './callFilter';

export interface TriggerSettings {
	events: CallMoment[];
	filter: CallFilter;
	feed: CallFeedSettings;
}

/** The values of `callFilterOptions`. */
export interface CallFilterValues {
	dids?: string;
	directions?: CallDirection[];
	extensions?: string;
	queues?: string;
}

interface TriggerOptions {
	catchUpHours?: number;
	reconcileMinutes?: number;
	otherEvents?: string;
	outboundPrefix?: string;
	timeZone?: string;
	settleSeconds?: number;
}

/** What triggers get as `this`: the one with a socket, and the one with a webhook in its hooks and its requests. */
type TriggerContext = ITriggerFunctions | IHookFunctions | IWebhookFunctions;

/** The node's parameters as the feed and the filter take them; defaults as in `triggerParameters`. */
export function readTriggerSettings(context: TriggerContext): TriggerSettings {
	const filters = context.getNodeParameter('filters', {}) as CallFilterValues;
	const options = context.getNodeParameter('options', {}) as TriggerOptions;
	const rawEvents = context.getNodeParameter('rawEvents', []) as number[];
	const events = context.getNodeParameter('events', ['callEnded']) as CallMoment[];
	return {
		events,
		filter: callFilterOf(filters),
		feed: {
			country: countryOf(context.getNodeParameter('country', ''), context.getNode()),
			outboundPrefix: (options.outboundPrefix ?? '').trim(),
			timeZone: timeZoneOf(context, options.timeZone),
			settleMs: (options.settleSeconds ?? 2) * 1_000,
			catchUpMs: (options.catchUpHours ?? 24) * 3_600_000,
			reconcileEveryMs: (options.reconcileMinutes ?? 5) * 60_000,
			rawEventTypes: [
				...rawEvents,
				...listed(options.otherEvents).map(Number).filter(Number.isInteger),
			],
			moments: events,
		},
	};
}

export function callFilterOf(filters: CallFilterValues): CallFilter {
	return {
		directions: filters.directions ?? [],
		extensions: listed(filters.extensions),
		queues: listed(filters.queues),
		dids: listed(filters.dids),
	};
}

function timeZoneOf(context: TriggerContext, given = ''): string {
	const timeZone = given.trim();
	if (timeZone === '' || IANAZone.isValidZone(timeZone)) return timeZone;
	throw new NodeOperationError(context.getNode(), `PBX Time Zone is not a time zone: ${timeZone}`, {
		description: 'Type a name such as Asia/Shanghai or Europe/London, or leave it empty.',
	});
}

function listed(text: string | undefined): string[] {
	return (text ?? '')
		.split(/[,;]/)
		.map((part) => part.trim())
		.filter((part) => part !== '');
}
