import { connectDesk } from '../simulators/zoho/desk/deskClient.mts';
import { startCallStack, type CallStack } from './callTemplates.mts';
import { withValues } from './stack/assignments.mts';
import { companyClock } from './stack/companyClock.mts';
import type { Execution } from './stack/executions.mts';
import { until } from './stack/until.mts';
import { readTemplate } from './stack/workflows.mts';
import { publishWeCom, type MessageRow, type WeComStack } from './weComTemplates.mts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const clock = companyClock();
let stack: CallStack & WeComStack;

beforeAll(async () => {
	const { now } = clock;
	const calls = await startCallStack(
		{
			pbx: { now },
			zoho: { now, desk: { edition: 'PROFESSIONAL' } },
			wecom: { now },
			n8n: clock.n8n,
		},
		'calls-to-zoho-desk',
	);
	// Tables keep the real time: with the clock put forward, a message that is being dealt with looks old to a schedule.
	const onlyByHand = { parameters: { rule: { interval: [{ field: 'months' }] } } };
	const soon = { waitBetweenTries: 100 };
	stack = await publishWeCom(
		calls,
		{ welcomeText: 'Welcome!', reopenDays: 1 },
		{
			'wecom-to-zoho-desk': {
				'When It Is Time to Try Again': onlyByHand,
				'Get Ticket': soon,
				'Create Ticket': soon,
			},
			'zoho-desk-to-wecom': { 'When It Is Time to Look Again': onlyByHand },
		},
	);
}, 300_000);
afterAll(async () => {
	await stack?.stop();
	clock.close();
});

const desk = () => stack.zoho.desk;
const contactsWith = (digits: string) =>
	desk()
		.records('contacts')
		.filter(({ phone, mobile }) => `${String(phone)} ${String(mobile)}`.includes(digits));
const ticket = (id: string) =>
	desk()
		.records('tickets')
		.find((each) => each.id === id);
const notesOn = (ticketId: string) =>
	desk()
		.partsOf('comments', ticketId)
		.filter(({ isPublic }) => !isPublic)
		.map(({ content }) => String(content));
const textsIn = (customer: string) =>
	stack.wecom
		.chat(stack.openKfId, customer)
		.filter(({ from }) => from === 'company')
		.map(({ text, file }) => text ?? file?.name);
/** What WeCom was asked to deliver. */
const sendings = () =>
	stack.wecom.requests.filter(({ path }) => ['kf/send_msg', 'media/upload'].includes(path)).length;
const writes = async (customer: string, text: string) =>
	await stack.wecom.customerWrites(stack.openKfId, customer, { text });

/** Once the message with this text, of whichever side, has become this. */
async function rowOf(text: string, status: string): Promise<MessageRow> {
	return await until(
		async () =>
			(await stack.client.readRows<MessageRow>('callbridge_messages', { text, status })).at(0),
		{ what: `"${text}" to be ${status}`, timeoutMs: 60_000 },
	);
}

/** Once the agent can read this on the ticket. */
async function noteOn(ticketId: string, pattern: RegExp): Promise<string> {
	return await until(() => notesOn(ticketId).find((note) => pattern.test(note)), {
		what: `a note ${String(pattern)} among ${JSON.stringify(notesOn(ticketId))}`,
		timeoutMs: 60_000,
	});
}

/** Once the customer has got all this from the company. */
async function received(customer: string, texts: string[]): Promise<void> {
	await until(() => textsIn(customer).length >= texts.length, {
		what: `the customer to get ${texts.length} messages`,
		timeoutMs: 60_000,
	});
	expect(textsIn(customer)).toEqual(texts);
}

/** A customer who has written, and the ticket. */
async function customerWith(nickname: string): Promise<{ customer: string; ticketId: string }> {
	const customer = stack.wecom.addCustomer({ nickname });
	return { customer, ticketId: await ticketAfter(customer, `${nickname} asks`) };
}

/** The ticket that a message has come on. */
async function ticketAfter(customer: string, text: string): Promise<string> {
	await writes(customer, text);
	return String((await rowOf(text, 'on ticket')).ticketId);
}

interface AgentsFile {
	name: string;
	bytes: Buffer;
}

async function agentWrites(
	ticketId: string,
	content: string,
	{ files = [], announced = true }: { files?: AgentsFile[]; announced?: boolean } = {},
): Promise<void> {
	const attachmentIds = await Promise.all(files.map(uploaded));
	const fields = { ticketId, content, isPublic: true, contentType: 'html', attachmentIds };
	desk().insert('comments', fields, { announced });
}

async function uploaded({ name, bytes }: AgentsFile): Promise<string> {
	const form = new FormData();
	form.append('file', new Blob([new Uint8Array(bytes)]), name);
	const { body } = await connectDesk(stack.zoho)('POST', '/uploads', { form });
	return (body as { id: string }).id;
}

async function lookAgain(): Promise<void> {
	await runs(stack.agentsId, 'When It Is Time to Look Again');
}

async function runs(workflowId: string, trigger: string): Promise<Execution> {
	const execution = await stack.client.runManually(workflowId, { trigger, timeoutMs: 120_000 });
	expect(execution.error).toBeNull();
	return execution;
}

describe('the same person by telephone and by WeChat is one contact, and both are on it', () => {
	const contactIdsOf = (records: Array<Record<string, unknown>>) => [
		...new Set(records.map(({ contactId }) => contactId)),
	];

	it('who calls first, and then enters by a link that knows the number', async () => {
		const { callId } = await stack.pbx.place({ kind: 'inboundToExtension', from: '13923451001' });
		await stack.ledgerOf(callId);
		const customer = stack.wecom.addCustomer({ nickname: 'Zhao' });
		await stack.wecom.customerEnters(stack.openKfId, customer, {
			scene: 'shop',
			sceneParam: 'phone=13923451001',
		});
		await received(customer, ['Welcome!']);
		await until(async () => (await stack.conversationOf(customer))?.scene === 'shop', {
			what: 'the entry to be kept',
		});
		const ticketId = await ticketAfter(customer, 'We have just spoken');
		const [contact, ...others] = contactsWith('13923451001');
		expect(others).toEqual([]);
		expect(ticket(ticketId)).toMatchObject({ contactId: contact.id });
		expect(contactIdsOf(desk().records('calls'))).toEqual([contact.id]);
	});

	it('who writes first, tells the number, and then calls', async () => {
		const { customer, ticketId } = await customerWith('Qian');
		expect(await ticketAfter(customer, '139 2345 1002')).toBe(ticketId);
		const { callId } = await stack.pbx.place({ kind: 'inboundToExtension', from: '13923451002' });
		const [row] = await stack.ledgerOf(callId);
		const [contact, ...others] = contactsWith('13923451002');
		expect(others).toEqual([]);
		expect(contact).toMatchObject({ lastName: 'Qian' });
		expect(row).toMatchObject({ status: 'logged', recordId: contact.id });
		expect(ticket(ticketId)).toMatchObject({ contactId: contact.id });
		await stack.client.unpublish(stack.workflowId);
	});
});

describe('what cannot be sent does not reach WeCom, and the agent reads why and what to do', () => {
	const MB = 1024 * 1024;
	const JPG = Buffer.from([0xff, 0xd8, 0xff, 0xe0]);
	/** Of 20 ms with 13 bytes each (RFC 4867). */
	const AMR_FRAME = Buffer.concat([Buffer.from([0x04]), Buffer.alloc(12)]);
	const amr = (seconds: number) =>
		Buffer.concat([Buffer.from('#!AMR\n'), ...Array<Buffer>(seconds * 50).fill(AMR_FRAME)]);

	it('files of a wrong type, too large, too small, too long', async () => {
		const { customer, ticketId } = await customerWith('Sun');
		const before = sendings();
		const cases: Array<[AgentsFile, RegExp]> = [
			[
				{ name: 'label.png', bytes: Buffer.from('This is no picture') },
				/label\.png \(18 bytes\) is said to be a picture, and its content is none\nOpen the file/,
			],
			[
				{ name: 'photo.jpg', bytes: Buffer.concat([JPG, Buffer.alloc(10 * MB)]) },
				/photo\.jpg has 10\.1 MB, and an image may have 10 MB at most in WeCom\nMake it smaller/,
			],
			[
				{ name: 'note.txt', bytes: Buffer.from('Hello') },
				/note\.txt has 5 bytes, and WeCom takes no file below 6 bytes\nCheck the file/,
			],
			[
				{ name: 'voice.amr', bytes: amr(61) },
				/voice\.amr \(.*\) lasts 61 seconds, and WeCom takes 60 seconds at most\nShorten it/,
			],
		];
		for (const [file, reason] of cases) {
			await agentWrites(ticketId, `With ${file.name}`, { files: [file] });
			const note = await noteOn(ticketId, reason);
			expect(note).toMatch(`This answer was not sent to WeChat: With ${file.name}\n`);
			expect(note).not.toContain('#later');
			await rowOf(`With ${file.name}`, 'not sent');
		}
		expect(sendings()).toBe(before);
		await agentWrites(ticketId, 'One minute', { files: [{ name: 'v.amr', bytes: amr(60) }] });
		await received(customer, ['One minute', 'v.amr']);
	});

	it('a sixth message within one of the customer, and one after 48 hours, until he writes again', async () => {
		const { customer, ticketId } = await customerWith('Li');
		const files = [1, 2, 3, 4].map((each) => ({
			name: `${each}.txt`,
			bytes: Buffer.from(`Page ${each}`),
		}));
		await agentWrites(ticketId, 'Four pages', { files });
		await rowOf('Four pages', 'sent');
		await until(async () => (await stack.conversationOf(customer))?.messagesLeft === 0, {
			what: 'the budget to be kept',
		});
		const before = sendings();
		await agentWrites(ticketId, 'The sixth');
		expect(
			await noteOn(
				ticketId,
				/was not sent to WeChat: The sixth\nThe reply makes 1 message, and none is left/,
			),
		).toContain('write a comment with nothing but #later');

		await clock.advance(49 * HOUR_MS);
		await agentWrites(ticketId, 'Two days later');
		expect(await noteOn(ticketId, /: Two days later\nThe 48 hours after .* ended at/)).toContain(
			'nothing but #later',
		);
		desk().insert('comments', { ticketId, content: '#later' }, { announced: true });
		await noteOn(ticketId, /go out as soon as the customer writes again: 2/);
		await agentWrites(ticketId, '#later And this');
		await noteOn(ticketId, /And this\n.*\n.*\nIt goes out as soon as the customer writes again/);
		expect(sendings()).toBe(before);

		await ticketAfter(customer, 'I was away');
		await received(customer, [
			'Four pages',
			...files.map(({ name }) => name),
			'The sixth',
			'Two days later',
			'And this',
		]);
		await until(async () => (await stack.conversationOf(customer))?.messagesLeft === 2, {
			what: 'the budget to be kept',
		});
	});
});

describe('an answer', () => {
	it('that no webhook told of is found and sent once', async () => {
		const { customer, ticketId } = await customerWith('Zhou');
		await agentWrites(ticketId, 'Silently written', { announced: false });
		await clock.advance(3 * MINUTE_MS);
		await lookAgain();
		await received(customer, ['Silently written']);
		await rowOf('Silently written', 'sent');
		await lookAgain();
		await received(customer, ['Silently written']);
	});

	it('that is an e-mail from the ticket goes to WeChat', async () => {
		const { customer, ticketId } = await customerWith('Wu');
		const thread = { ticketId, direction: 'out', content: '<div>By <b>mail</b><br>to you</div>' };
		desk().insert('threads', thread, { announced: true });
		await received(customer, ['By mail\nto you']);
	});

	it.each([
		['afterwards', 'Zheng', []],
		// The node hears of it at the next try only.
		['before its own answer', 'Xu', [{ kind: 'serverErrorAfterwards', times: 1 }]],
	] as const)(
		'that WeCom could not deliver, as it says %s, is told on the ticket, and not sent again',
		async (_when, nickname, spoilt) => {
			const { faults } = stack.wecom;
			const { customer, ticketId } = await customerWith(nickname);
			faults.sendFailures.push({ failType: 10, times: 1, externalUserId: customer });
			faults.answers.push(...spoilt.map((each) => ({ ...each, path: 'kf/send_msg' })));
			const text = `Into the void to ${nickname}`;
			await agentWrites(ticketId, text);
			const note = await noteOn(ticketId, /did not receive this answer in WeChat: Into the void/);
			expect(note).toContain((await rowOf(text, 'failed')).reason);
			await until(async () => (await stack.conversationOf(customer))?.messagesLeft === 4, {
				what: 'the run of the answer to end',
			});
			await clock.advance(11 * MINUTE_MS);
			const before = sendings();
			await lookAgain();
			await rowOf(text, 'failed');
			expect(sendings()).toBe(before);
		},
	);

	it('that failed is tried again, and given up with a note in the end', async () => {
		const { client, agentsId, wecom } = stack;
		const { customer, ticketId } = await customerWith('Wang');
		// The node tries three times: both answers fail, then the first one fails again.
		wecom.faults.answers.push({ kind: 'errcode', errcode: 48002, times: 9, path: 'kf/send_msg' });
		await agentWrites(ticketId, 'Given up');
		await rowOf('Given up', 'sending');
		await agentWrites(ticketId, 'Sent at last');
		await rowOf('Given up', 'failed');
		await rowOf('Sent at last', 'failed');

		const once = withValues('zoho-desk-to-wecom', 'Set Limits', { maxAttempts: 1 });
		await client.updateWorkflow(agentsId, { nodes: { 'Set Limits': { parameters: once } } });
		await clock.advance(11 * MINUTE_MS);
		await lookAgain();
		await rowOf('Sent at last', 'sent');
		await received(customer, ['Sent at last']);
		const { reason } = await rowOf('Given up', 'not sent');
		expect(await noteOn(ticketId, /could not be sent to WeChat: Given up\n/)).toContain(reason);
	});
});

describe('the ticket of a customer who writes again', () => {
	const close = (ticketId: string) => desk().update('tickets', ticketId, { status: 'Closed' });

	it('is opened again a few hours after it was closed, and a new one more than a day after', async () => {
		const { customer, ticketId } = await customerWith('Feng');
		close(ticketId);
		await clock.advance(20 * HOUR_MS);
		expect(await ticketAfter(customer, 'One more thing')).toBe(ticketId);
		expect(ticket(ticketId)).toMatchObject({ status: 'Open' });

		close(ticketId);
		await clock.advance(25 * HOUR_MS);
		const other = await ticketAfter(customer, 'Something else');
		expect(other).not.toBe(ticketId);
		expect(ticket(ticketId)).toMatchObject({ status: 'Closed' });
		expect(ticket(other)).toMatchObject({ contactId: ticket(ticketId)?.contactId });
	});

	it('is a new one of a new contact if somebody has deleted both', async () => {
		const { customer, ticketId } = await customerWith('Chen');
		const contactId = String(ticket(ticketId)?.contactId);
		desk().remove('tickets', ticketId);
		desk().remove('contacts', contactId);
		await writes(customer, 'Where are you?');
		await rowOf('Where are you?', 'failed');
		await clock.advance(11 * MINUTE_MS);
		await runs(stack.customersId, 'When It Is Time to Try Again');
		const other = String((await rowOf('Where are you?', 'on ticket')).ticketId);
		expect(ticket(other)).toMatchObject({ subject: 'WeChat: Chen' });
		expect(ticket(other)?.contactId).not.toBe(contactId);
		expect(await stack.conversationOf(customer)).toMatchObject({ ticketId: other });
	});
});

it('the hourly look tells of waiting customers, of messages by poll only, and of an end date', async () => {
	const { client, credentials, wecom } = stack;
	const late = await customerWith('Late');
	const answered = await customerWith('Answered');
	await agentWrites(answered.ticketId, 'Here you are');
	await received(answered.customer, ['Here you are']);
	await clock.advance(43 * HOUR_MS);
	wecom.delivery.lose = true;
	const polled = wecom.addCustomer({ nickname: 'Polled' });
	await writes(polled, 'Nobody calls back');
	await clock.advance(2 * MINUTE_MS);
	expect(await rowOf('Nobody calls back', 'on ticket')).toMatchObject({ receivedBy: 'poll' });
	wecom.delivery.lose = false;

	const day = (days: number) =>
		new Date(clock.now() + days * 24 * HOUR_MS).toISOString().slice(0, 10);
	const expectations = withValues('wecom-health', 'Set Expectations', {
		contractEndsOn: day(20),
		licenceEndsOn: day(40),
	});
	const { id } = await client.importTemplate('wecom-health', {
		credentials,
		nodes: { 'Set Expectations': { parameters: expectations } },
	});
	const look = await runs(id, 'When You Check by Hand');
	const [{ problems }] = look.itemsOf<{ problems: string[] }>('Tell Somebody');
	expect(problems).toContainEqual(
		expect.stringMatching(/^Messages that came by poll although callbacks are expected: 1 \/ /),
	);
	expect(problems).toContainEqual(
		expect.stringMatching(
			new RegExp(`^Nobody has answered Late, who can be .* Ticket ${late.ticketId}$`),
		),
	);
	expect(problems).toContain(`The contract ends on ${day(20)}`);
	expect(problems.join()).not.toMatch(/Answered,|Polled,|licence|does not answer/);
});

describe('Execute with the pinned sample', () => {
	beforeAll(async () => {
		await stack.client.unpublish(stack.customersId);
		await stack.client.unpublish(stack.agentsId);
	});

	it.each(['wecom-to-zoho-desk', 'zoho-desk-to-wecom'].flatMap((each) => [each, `zh-CN/${each}`]))(
		'%s ends well, and no vendor is asked for what only the sample has',
		async (template) => {
			const { client, credentials, wecom, zoho } = stack;
			const { id } = await client.importTemplate(template, { credentials });
			const [trigger] = Object.keys(readTemplate(template).pinData ?? {});
			const [askedWeCom, askedZoho] = [wecom.requests.length, zoho.requests.length];
			const { ran } = await runs(id, trigger);
			expect(wecom.requests.slice(askedWeCom)).toEqual([]);
			const asked = zoho.requests.slice(askedZoho);
			expect(asked.filter(({ status }) => status >= 400)).toEqual([]);
			if (template.endsWith('zoho-desk-to-wecom')) expect(asked).toEqual([]);
			else
				expect(ran).toContain(
					template.startsWith('zh-CN') ? '写入消息：已上工单' : 'Write Message on Ticket',
				);
		},
	);
});
