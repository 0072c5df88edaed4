import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { checkLink } from '../../../nodes/links/checkLink';
import type { LinkPurpose } from '../../../nodes/links/Link';
import { signatureOf } from '../../../nodes/links/textToSign';

const queryOf = (text: string) => Object.fromEntries(new URLSearchParams(text));

describe.each(['README.md', 'README.zh-CN.md'])('%s', (file) => {
	const text = readFileSync(join(process.cwd(), file), 'utf8');

	it('has an example that is right', () => {
		const [, key, toSign, signature, query] =
			/^key +(.+)\ntext +(.+)\nsignature +(.+)\nquery +(.+)$/m.exec(text) ?? [];
		expect(signatureOf(toSign, key)).toBe(signature);
		expect(checkLink(queryOf(query), 'clickToCall', [key], 0)).toMatchObject({
			good: { claims: { extension: '1001' }, parameters: { number: '+8675526601234' } },
		});
	});

	it.each<[name: string, values: Record<string, string>, purpose: LinkPurpose]>([
		['button.callThroughPbx', { number: '+86 755 2660 1234' }, 'clickToCall'],
		['standalone.callbridge_tickets_link', { module: 'Leads', id: '554023000001' }, 'tickets'],
	])('has a Deluge function %s whose links are good', (name, parameters, purpose) => {
		const [, body = ''] = text.split(`string ${name}(`);
		// Joining texts is written alike in Deluge and in JavaScript.
		const line = (variable: string) =>
			new RegExp(`^\\t${variable} = (.+);$`, 'm').exec(body)?.[1] ?? '';
		const evaluated = (expression: string, values: Record<string, unknown>) =>
			String(
				new Function(...Object.keys(values), `return ${expression}`)(...Object.values(values)),
			);
		const key = 'k'.repeat(32);
		const claims = { expires: '1790000000', user: 'a+b@example.com' };
		const values = { ...claims, ...parameters, recordId: parameters.id };
		const signature = signatureOf(evaluated(line('text'), values), key);
		const query = evaluated(line('query'), { ...values, signature, encodeUrl: encodeURIComponent });
		expect(checkLink(queryOf(query), purpose, [key], 0)).toEqual({
			good: {
				claims: { purpose, extension: '', user: claims.user, expires: 1790000000 },
				parameters,
				signedNames: Object.keys(parameters).sort(),
			},
		});
		expect(line('signature')).toBe('zoho.encryption.hmacsha256(key, text, "hex")');
	});
});
