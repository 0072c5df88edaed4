import { pathOfHref } from '../../../nodes/Zoho/transport/deskFiles';

describe('the place of an attachment', () => {
	const api = 'https://desk.zoho.eu';

	it.each([
		'https://desk.zoho.eu/api/v1/tickets/1/threads/2/attachments/3/content?inline=true',
		'/api/v1/tickets/1/threads/2/attachments/3/content?inline=true',
		'/tickets/1/threads/2/attachments/3/content?inline=true',
		'tickets/1/threads/2/attachments/3/content?inline=true',
		' https://user:password@desk.zoho.eu:443/api/v1/tickets/1/threads/2/attachments/3/content?inline=true',
	])('is below the API: %s', (href) => {
		expect(pathOfHref(href, api)).toEqual({
			path: '/tickets/1/threads/2/attachments/3/content',
			query: { inline: 'true' },
		});
	});

	it.each([
		'https://desk.zoho.com/api/v1/tickets/1/attachments/3/content',
		'http://desk.zoho.eu/api/v1/tickets/1/attachments/3/content',
		'https://desk.zoho.eu:8443/api/v1/tickets/1/attachments/3/content',
		'https://desk.zoho.eu.evil.example/api/v1/tickets/1/attachments/3/content',
		'javascript:alert(1)',
	])('is nowhere else: %s', (href) => {
		expect(() => pathOfHref(href, api)).toThrow(/which is not the Desk API address/);
	});
});
