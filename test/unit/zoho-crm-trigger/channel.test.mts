import {
	channelBody,
	channelIdOf,
	CHANNEL_LIFE_MS,
	eventsOf,
	renewalBody,
} from '../../../nodes/Zoho/crm/events/channel';
import { whyNoChannel } from '../../../nodes/Zoho/crm/events/whyNoChannel';
import { ServiceError } from '../../../nodes/transport/ServiceError';

const NOW = Date.UTC(2026, 2, 4, 8);
const wanted = {
	id: '100200300400500',
	url: 'https://n8n.example.ch/webhook/1/zoho-crm?key=secret',
	token: 'token',
	events: ['Contacts.all'],
	conditions: [],
	lifeMs: CHANNEL_LIFE_MS,
};

describe('a channel', () => {
	it('has an id that is always the same, and another one for every trigger', () => {
		const ids = [
			['a', 'b'],
			['a', 'c'],
			['ab', ''],
		].map(channelIdOf);
		expect(new Set(ids).size).toBe(3);
		expect(channelIdOf(['a', 'b'])).toBe(ids[0]);
		for (const id of ids) expect(String(Number(id))).toBe(id);
	});

	it('always says when it ends, in Zoho’s form and within a week', () => {
		for (const body of [channelBody(wanted, NOW), renewalBody(wanted, NOW)]) {
			expect(body).toMatchObject({ watch: [{ channel_expiry: '2026-03-10T08:00:00+00:00' }] });
		}
		expect(CHANNEL_LIFE_MS).toBeLessThan(7 * 86_400_000);
	});

	it('does not hear of notes and calls of a record', () => {
		expect(channelBody(wanted, NOW)).toMatchObject({
			watch: [{ notify_on_related_action: false }],
		});
	});

	it.each([
		[
			['created', 'updated', 'deleted'],
			['Contacts.all', 'Sites.all'],
		],
		[['updated'], ['Contacts.edit', 'Sites.edit']],
		[
			['created', 'deleted'],
			['Contacts.create', 'Contacts.delete', 'Sites.create', 'Sites.delete'],
		],
	] as const)('for %j hears of %j', (changes, events) => {
		expect(eventsOf({ modules: ['Contacts', 'Sites'], changes })).toEqual(events);
	});
});

describe('why there is none', () => {
	const refused = (code: string, field = 'notify_url') =>
		new ServiceError({
			service: 'Zoho CRM',
			kind: 'refused',
			message: code,
			advice: '',
			code,
			fields: [field],
		});
	it.each([
		['INVALID_DATA', 'http://n8n.example.ch/?key=secret', 'https addresses only'],
		['INVALID_DATA', 'https://192.168.1.7/?key=secret', 'a private address'],
		['INVALID_DATA', `https://n8n.example.ch/${'x'.repeat(300)}`, '255 characters at most'],
		['LIMIT_REACHED', wanted.url, 'no more notification channels'],
		['NOT_SUPPORTED', wanted.url, 'no notifications for one of the chosen modules'],
	])('%s at %s', (code, url, text) => {
		const reason = whyNoChannel(refused(code), url);
		expect(reason?.message).toContain(text);
		expect(`${reason?.message} ${reason?.advice}`).not.toContain('secret');
	});

	it.each([refused('INVALID_DATA', 'events'), refused('INVALID_MODULE'), new Error('network')])(
		'%s says nothing about channels',
		(error) => {
			expect(whyNoChannel(error, wanted.url)).toBeNull();
		},
	);
});
