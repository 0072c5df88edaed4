import {
	entriesWith,
	entriesWithout,
	hasEntry,
	wantedEvents,
	type OwnWebhookEntry,
	type WebhookEntry,
} from '../../../nodes/Yeastar/events/webhookEntries';

const own: OwnWebhookEntry = {
	url: 'https://n8n.example/webhook/1/yeastar',
	secret: 'secret of n8n',
	request_method: 'POST',
	event_ids: [30011, 30012],
};
const others = (count: number): WebhookEntry[] =>
	Array.from({ length: count }, (_, index) => ({
		url: `https://crm.example/${index}`,
		secret: `secret ${index}`,
		request_method: 'GET',
		event_ids: [0],
		remark: 'a field of newer firmware',
	}));
const outdated = { ...own, secret: 'another', event_ids: [30012] };

it.each<[what: string, list: WebhookEntry[], expected: WebhookEntry[] | null]>([
	['an empty list', [], [own]],
	['other systems', others(3), [...others(3), own]],
	['four other systems', others(4), [...others(4), own]],
	['five other systems', others(5), null],
	['four other systems and its own entry', [own, ...others(4)], [...others(4), own]],
	['five other systems and its own entry', [own, ...others(5)], null],
	['its own entry with another secret', [...others(1), outdated], [...others(1), own]],
	['its own entry twice', [own, ...others(1), outdated], [...others(1), own]],
])('a node enters itself into %s', (_what, list, expected) => {
	expect(entriesWith(list, own)).toEqual(expected);
});

it.each<[what: string, list: WebhookEntry[], expected: WebhookEntry[]]>([
	['an empty list', [], []],
	['other systems', others(5), others(5)],
	['all of them', [own, ...others(2), outdated], others(2)],
])('a node takes itself out of %s', (_what, list, expected) => {
	expect(entriesWithout(list, own.url)).toEqual(expected);
});

it.each<[what: string, list: WebhookEntry[], expected: boolean]>([
	['as it should be', [...others(1), own], true],
	['with its events in another order', [{ ...own, event_ids: [30012, 30011] }], true],
	['missing', others(1), false],
	['with another secret', [{ ...own, secret: 'another' }], false],
	['by GET', [{ ...own, request_method: 'GET' }], false],
	['with fewer events', [{ ...own, event_ids: [30012] }], false],
	['there twice', [own, own], false],
])('an entry is %s', (_what, list, expected) => {
	expect(hasEntry(list, own)).toBe(expected);
});

const callEvents = [30011, 30013, 30014, 30015, 30012];
it.each<[chosen: number[], offered: number[], eventIds: number[], notOffered: number[]]>([
	[[], [], callEvents, []],
	[[30008, 30012], [], [...callEvents, 30008], []],
	[[30008], [30008, 30011, 30012], [30011, 30012, 30008], []],
	[[30033], [30008, 30011, 30012], [30011, 30012], [30033]],
])('of the events %j, where %j are offered', (chosen, offered, eventIds, notOffered) => {
	expect(wantedEvents(chosen, offered)).toEqual({ eventIds, notOffered });
});
