import { connectDesk } from '../simulators/zoho/desk/deskClient.mts';
import { until } from './stack/until.mts';
import { readTemplate } from './stack/workflows.mts';
import { startWeComStack, type WeComStack } from './weComTemplates.mts';

const PDF = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.from(bytesUpTo(60_000))]);
const PICTURE = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), bytesUpTo(40_000)]);

let stack: WeComStack;
beforeAll(async () => {
	stack = await startWeComStack({}, { welcomeText: 'Welcome!' });
});
afterAll(async () => await stack?.stop());

const desk = () => stack.zoho.desk;
const commentsOf = (ticketId: string) => desk().partsOf('comments', ticketId);
const chatWith = (customer: string) => stack.wecom.chat(stack.openKfId, customer);
const writes = async (
	customer: string,
	written: Parameters<typeof stack.wecom.customerWrites>[2],
) => await stack.wecom.customerWrites(stack.openKfId, customer, written);

/** Once this many messages of both sides are in the chat. */
async function chatOf(customer: string, count: number) {
	return await until(() => (chatWith(customer).length >= count ? chatWith(customer) : undefined), {
		what: `${count} messages in the chat`,
		timeoutMs: 60_000,
	});
}

/** Once the ticket of the customer has this many comments. */
async function ticketOf(customer: string, comments: number) {
	return await until(
		async () => {
			const ticketId = (await stack.conversationOf(customer))?.ticketId;
			return ticketId && commentsOf(ticketId).length >= comments ? ticketId : undefined;
		},
		{ what: `${comments} comments on the ticket`, timeoutMs: 60_000 },
	);
}

async function agentWrites(
	ticketId: string,
	content: string,
	file?: { name: string; bytes: Buffer },
) {
	const more = file ? { attachmentIds: [await uploaded(file)] } : {};
	const fields = { ticketId, content, isPublic: true, contentType: 'html', ...more };
	return desk().insert('comments', fields, { announced: true });
}

async function uploaded({ name, bytes }: { name: string; bytes: Buffer }): Promise<string> {
	const form = new FormData();
	form.append('file', new Blob([new Uint8Array(bytes)]), name);
	const { body } = await connectDesk(stack.zoho)('POST', '/uploads', { form });
	return (body as { id: string }).id;
}

it('a conversation is one ticket, both sides in order and whole, files byte by byte', async () => {
	const customer = stack.wecom.addCustomer({ nickname: 'Li Wei' });
	await writes(customer, { text: 'Is my parcel on its way?' });
	const ticketId = await ticketOf(customer, 1);

	await agentWrites(ticketId, '<div>Which <b>number</b> is on it?</div>');
	await chatOf(customer, 2);
	await writes(customer, { image: { name: 'label.jpg', bytes: PICTURE } });
	await ticketOf(customer, 3);
	await stack.messagesIn('on ticket', 2);
	await agentWrites(ticketId, 'Here is the slip', { name: '运单 1.pdf', bytes: PDF });

	const chat = await chatOf(customer, 5);
	expect(chat.map(({ from, type, text }) => [from, type, text ?? null])).toEqual([
		['customer', 'text', 'Is my parcel on its way?'],
		['company', 'text', 'Which number is on it?'],
		['customer', 'image', null],
		['company', 'text', 'Here is the slip'],
		['company', 'file', null],
	]);
	expect(chat[4].file?.name).toBe('运单 1.pdf');
	expect(chat[4].file?.bytes.equals(PDF)).toBe(true);

	expect(desk().records('tickets')).toMatchObject([{ id: ticketId, subject: 'WeChat: Li Wei' }]);
	expect(desk().records('contacts')).toMatchObject([{ lastName: 'Li Wei' }]);
	const comments = commentsOf(ticketId);
	expect(comments.map(({ isPublic, content }) => [isPublic, content])).toEqual([
		[false, expect.stringMatching(/^Li Wei · [\d :-]+\nIs my parcel on its way\?$/)],
		[true, '<div>Which <b>number</b> is on it?</div>'],
		[false, expect.stringMatching(/^Li Wei · [\d :-]+\n\[Image\]/)],
		[true, 'Here is the slip'],
	]);
	const [attached, ...others] = desk().partsOf('attachments', ticketId);
	expect(others).toEqual([]);
	expect((await fileAt(String(attached.href))).equals(PICTURE)).toBe(true);
	await until(async () => (await stack.conversationOf(customer))?.messagesLeft === 3, {
		what: 'the budget to be kept',
	});
	expect(await stack.failures()).toEqual([]);
});

it('who enters by a QR code is welcomed, and its scene becomes department and source', async () => {
	const { id: departmentId } = desk().departments[1];
	await stack.client.insertRows('callbridge_channels', [
		{ openKfId: stack.openKfId, scene: 'poster', departmentId, source: 'Exhibition poster' },
		{ openKfId: stack.openKfId, scene: '', departmentId: '', source: 'Elsewhere' },
	]);
	const customer = stack.wecom.addCustomer({ nickname: 'Wang Fang' });
	await stack.wecom.customerEnters(stack.openKfId, customer, { scene: 'poster' });
	const [welcome] = await chatOf(customer, 1);
	// WeCom takes a welcome for 20 seconds only.
	expect(welcome).toMatchObject({ from: 'company', text: 'Welcome!' });

	await writes(customer, { text: 'I saw your poster' });
	const ticketId = await ticketOf(customer, 1);
	const [ticket] = desk()
		.records('tickets')
		.filter(({ id }) => id === ticketId);
	expect(ticket).toMatchObject({ departmentId });
	expect(ticket.description).toContain('Source: Exhibition poster');
	expect(await stack.conversationOf(customer)).toMatchObject({
		scene: 'poster',
		source: 'Exhibition poster',
		departmentId,
	});
});

it('caller and writer are one contact: a number in the link, and one that the customer writes', async () => {
	const caller = desk().insert('contacts', { lastName: 'Zhao', phone: '+86 138 0013 8000' });
	const byLink = stack.wecom.addCustomer({ nickname: 'zhao_1' });
	const scene = { scene: 'shop', sceneParam: 'phone=13800138000' };
	await stack.wecom.customerEnters(stack.openKfId, byLink, scene);
	await chatOf(byLink, 1);
	await until(async () => (await stack.conversationOf(byLink))?.scene === 'shop', {
		what: 'the entry to be kept',
	});
	await writes(byLink, { text: 'Hello' });
	await ticketOf(byLink, 1);
	expect(await stack.conversationOf(byLink)).toMatchObject({ contactId: caller });

	const other = desk().insert('contacts', { lastName: 'Qian', phone: '0755-26601234' });
	const written = stack.wecom.addCustomer({ nickname: 'qq' });
	await writes(written, { text: 'Hello' });
	const ticketId = await ticketOf(written, 1);
	await writes(written, { text: '0755 2660 1234' });
	await ticketOf(written, 2);
	await until(async () => (await stack.conversationOf(written))?.contactId === other, {
		what: 'the conversation to move to the contact with the number',
	});
	expect(await stack.conversationOf(written)).toMatchObject({ ticketId });
	const [ticket] = desk()
		.records('tickets')
		.filter(({ id }) => id === ticketId);
	expect(ticket).toMatchObject({ contactId: other });
});

it('an agent reads why a sixth answer was not sent, lets it wait, and it goes out', async () => {
	const customer = stack.wecom.addCustomer({ nickname: 'Sun' });
	await writes(customer, { text: 'Hello' });
	const ticketId = await ticketOf(customer, 1);
	for (const number of [1, 2, 3, 4, 5]) {
		await agentWrites(ticketId, `Answer ${number}`);
		await chatOf(customer, 1 + number);
		await until(async () => (await stack.conversationOf(customer))?.messagesLeft === 5 - number, {
			what: 'the budget to be kept',
		});
	}
	await agentWrites(ticketId, 'Answer 6');
	await ticketOf(customer, 8);
	const note = commentsOf(ticketId).at(-1);
	expect(note).toMatchObject({ isPublic: false });
	expect(note?.content).toMatch(/This answer was not sent to WeChat: Answer 6\n.*\n.*#later/s);
	expect(chatWith(customer)).toHaveLength(6);

	desk().insert('comments', { ticketId, content: '#later' }, { announced: true });
	await stack.messagesIn('waiting', 1);
	expect(await stack.messagesIn('instruction', 1)).toMatchObject([{ text: '#later' }]);
	await writes(customer, { text: 'Still there?' });
	const chat = await chatOf(customer, 8);
	expect(chat.slice(-2).map(({ text }) => text)).toEqual(['Still there?', 'Answer 6']);
	await until(async () => (await stack.conversationOf(customer))?.messagesLeft === 4, {
		what: 'the budget to be kept',
	});
	expect(await stack.failures()).toEqual([]);
});

it('what failed halfway is tried again, and stands on the ticket once', async () => {
	const { client, customersId } = stack;
	const customer = stack.wecom.addCustomer({ nickname: 'Zhou' });
	desk().faults.add({ kind: 'status', status: 403, times: 3, match: /^POST .*\/attachments$/ });
	await writes(customer, { image: { name: 'label.jpg', bytes: PICTURE } });
	const [row] = await stack.messagesIn('failed', 1);
	expect(row.reason).not.toBe('');
	expect(await stack.conversationOf(customer)).toBeUndefined();

	await client.updateWorkflow(customersId, {
		nodes: { 'Keep Messages That Are Due': { parameters: withoutPause() } },
	});
	const retry = await client.runManually(customersId, { trigger: 'When It Is Time to Try Again' });
	expect(retry.error).toBeNull();
	const ticketId = await ticketOf(customer, 1);
	expect(await stack.messagesIn('failed', 0)).toEqual([]);
	expect(commentsOf(ticketId)).toHaveLength(1);
	expect(desk().partsOf('attachments', ticketId)).toMatchObject([{ size: String(PICTURE.length) }]);
	const named = (resource: 'contacts' | 'tickets', field: string) =>
		desk()
			.records(resource)
			.filter((each) => String(each[field]).endsWith('Zhou'));
	expect(named('contacts', 'lastName')).toHaveLength(1);
	expect(named('tickets', 'subject')).toHaveLength(1);
});

/** The filter takes what has failed a moment ago. */
function withoutPause() {
	const { parameters } = readTemplate('wecom-to-zoho-desk').nodes.find(
		({ name }) => name === 'Keep Messages That Are Due',
	)!;
	const { conditions } = parameters as { conditions: { conditions: unknown[] } };
	return { conditions: { conditions: conditions.conditions.slice(0, 1) } };
}

async function fileAt(href: string): Promise<Buffer> {
	const { access_token: token } = stack.zoho.issueToken();
	const headers = { authorization: `Zoho-oauthtoken ${token}`, orgId: desk().orgId };
	return Buffer.from(await (await fetch(href, { headers })).arrayBuffer());
}

function bytesUpTo(length: number): Buffer {
	return Buffer.from(Array.from({ length }, (_each, index) => index % 251));
}
