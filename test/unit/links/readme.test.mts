import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { checkLink } from '../../../nodes/links/checkLink';
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

	it('has a Deluge function whose links are good', () => {
		// Joining texts is written alike in Deluge and in JavaScript.
		const line = (name: string) => new RegExp(`^\\t${name} = (.+);$`, 'm').exec(text)?.[1] ?? '';
		const evaluated = (expression: string, values: Record<string, unknown>) =>
			String(
				new Function(...Object.keys(values), `return ${expression}`)(...Object.values(values)),
			);
		const key = 'k'.repeat(32);
		const values = { expires: '1790000000', number: '+86 755 2660 1234', user: 'a+b@example.com' };
		const signature = signatureOf(evaluated(line('text'), values), key);
		const query = evaluated(line('query'), { ...values, signature, encodeUrl: encodeURIComponent });
		expect(checkLink(queryOf(query), 'clickToCall', [key], 0)).toEqual({
			good: {
				claims: { purpose: 'clickToCall', extension: '', user: values.user, expires: 1790000000 },
				parameters: { number: values.number },
				signedNames: ['number'],
			},
		});
		expect(line('signature')).toBe('zoho.encryption.hmacsha256(key, text, "hex")');
	});
});
