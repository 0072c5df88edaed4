import type { Stack } from '../../e2e/stack/startStack.mts';
import { until } from '../../e2e/stack/until.mts';
import type { Judged } from '../report.mts';
import { attachedBytes, commentOnTicket } from './agent.mts';
import { chatWith, conversationWith, MESSAGES, ticketOf } from './conversations.mts';
import { addSampleWriters, CALLER, channel, type WeChat, type Writer } from './openWeChat.mts';
import { deliverySlip, pictureOfParcel } from './sampleFiles.mts';

const STEP_MAY_TAKE_MS = 60_000;

export interface JudgedStep extends Judged {
	/** Number of the ticket on which it is, empty before there is one. */
	ticket: string;
	/** What has become of it, in words. */
	seen: string;
}

type Outcome = Pick<JudgedStep, 'ticket' | 'seen' | 'problems'>;

interface Step {
	title: string;
	/** Resolves when n8n has dealt with it; rejects when that takes too long. */
	play(): Promise<Outcome>;
}

/** A conversation in WeChat from the QR code to the agent's answer. What comes after a failure is not played. */
export async function playConversation(
	stack: Stack,
	weChat: WeChat,
	workflowIds: string[],
): Promise<JudgedStep[]> {
	const judged: JudgedStep[] = [];
	for (const { title, play } of stepsOf(stack, weChat)) {
		const hasFailed = judged.some(({ problems }) => problems.length > 0);
		const outcome = hasFailed
			? { ticket: '', seen: 'not played', problems: ['something before it has failed'] }
			: await play().catch(
					(error: Error): Outcome => ({ ticket: '', seen: '', problems: [error.message] }),
				);
		judged.push({ title, ...outcome });
	}
	const failures = await failuresOf(stack, workflowIds);
	judged.at(-1)?.problems.push(...failures);
	return judged;
}

function stepsOf(stack: Stack, weChat: WeChat): Step[] {
	const { wecom, zoho } = stack;
	const { openKfId } = weChat;
	const { stranger, caller } = addSampleWriters(weChat);
	const picture = pictureOfParcel();
	const slip = deliverySlip();
	const question = 'Is my parcel on its way? 我的包裹寄出了吗？';
	const answer = 'Yes, it left this morning. Here is the slip.';

	const enter = async ({ externalUserId, entry }: Writer) =>
		await wecom.customerEnters(openKfId, externalUserId, entry);
	const chatOf = async (writer: Writer, length: number) =>
		await eventually(`${length} messages in the chat`, () => {
			const chat = chatWith(stack, weChat, writer);
			return chat.length >= length ? chat : undefined;
		});
	const ticketWith = async (writer: Writer, { comments = 0, attachments = 0 }) =>
		await eventually(`${comments} comments on the ticket`, async () => {
			const found = ticketOf(stack, (await conversationWith(stack, writer))?.ticketId);
			const isThere =
				found && found.comments.length >= comments && found.attachments.length >= attachments;
			return isThere ? found : undefined;
		});
	const welcome = async (writer: Writer): Promise<Outcome> => {
		await enter(writer);
		const [message] = await chatOf(writer, 1);
		const row = await eventually('the scene to be kept', async () => {
			const conversation = await conversationWith(stack, writer);
			return conversation?.scene === channel.scene ? conversation : undefined;
		});
		return {
			ticket: '',
			seen: `welcome in the chat, source kept: ${row.source}`,
			problems: [
				...unless(message.from === 'company' && message.type === 'text', 'there is no welcome'),
				...unless(row.source === channel.source, `the source is ${row.source}`),
			],
		};
	};

	return [
		{ title: `${stranger.nickname} scans the QR code`, play: async () => await welcome(stranger) },
		{
			title: `${stranger.nickname} writes`,
			async play() {
				await wecom.customerWrites(openKfId, stranger.externalUserId, { text: question });
				const { ticket, comments } = await ticketWith(stranger, { comments: 1 });
				const department = zoho.desk.departments.find(({ id }) => id === ticket.departmentId);
				const contact = nameOfContact(stack, ticket.contactId);
				return {
					ticket: ticket.ticketNumber,
					seen: `new ticket in ${department?.name}, contact ${contact}, internal comment`,
					problems: [
						...unless(department?.name === channel.department, 'it is in another department'),
						...unless(contact === stranger.nickname, `the contact is ${contact}`),
						...unless(ticket.description.includes(channel.source), 'the source is not in it'),
						...unless(!comments[0].isPublic, 'the comment is public'),
						...unless(comments[0].content.includes(question), 'the words are others'),
					],
				};
			},
		},
		{
			title: `${stranger.nickname} sends a picture`,
			async play() {
				await wecom.customerWrites(openKfId, stranger.externalUserId, {
					image: { ...picture, mimeType: 'image/png' },
				});
				const { ticket, comments, attachments } = await ticketWith(stranger, {
					comments: 2,
					attachments: 1,
				});
				await allAre(stack, stranger, { direction: 'in', status: 'on ticket' });
				const bytes = await attachedBytes(zoho, attachments[0].href);
				return {
					ticket: ticket.ticketNumber,
					seen: `on the same ticket, attached: ${sizeOf(bytes)}, ${sameness(bytes, picture.bytes)}`,
					problems: [
						...unless(comments.length === 2, `there are ${comments.length} comments, not 2`),
						...unless(attachments.length === 1, `it is attached ${attachments.length} times`),
						...unless(bytes.equals(picture.bytes), 'the picture is another one'),
					],
				};
			},
		},
		{
			title: 'An agent answers on the ticket',
			async play() {
				const { ticket } = await ticketWith(stranger, {});
				const comment = { ticketId: ticket.id, content: answer, isPublic: true, file: slip };
				await commentOnTicket(zoho, comment);
				const chat = await chatOf(stranger, 5);
				await allAre(stack, stranger, { direction: 'out', status: 'sent' });
				const [text, file] = chat.slice(3);
				const bytes = file.file?.bytes ?? Buffer.alloc(0);
				await eventually(
					'the two messages to be counted',
					async () => (await conversationWith(stack, stranger))?.messagesLeft === 3,
				);
				return {
					ticket: ticket.ticketNumber,
					seen: `${stranger.nickname} reads it, with ${file.file?.name}, ${sameness(bytes, slip.bytes)}`,
					problems: [
						...unless(text.text === answer, `the customer reads: ${text.text}`),
						...unless(file.file?.name === slip.name, `the file is called ${file.file?.name}`),
						...unless(bytes.equals(slip.bytes), 'the file is another one'),
					],
				};
			},
		},
		{
			title: `${caller.nickname}, who also calls, writes by a link with her number`,
			async play() {
				const { problems } = await welcome(caller);
				await wecom.customerWrites(openKfId, caller.externalUserId, { text: 'I called you' });
				const { ticket } = await ticketWith(caller, { comments: 1 });
				const contact = nameOfContact(stack, ticket.contactId);
				return {
					ticket: ticket.ticketNumber,
					seen: `on the contact of her calls: ${contact}`,
					problems: [...problems, ...unless(contact === CALLER, `the contact is ${contact}`)],
				};
			},
		},
	];
}

const unless = (isWell: boolean, problem: string): string[] => (isWell ? [] : [problem]);

const sizeOf = ({ length }: Buffer): string => `${length.toLocaleString('en')} bytes`;

const sameness = (one: Buffer, other: Buffer): string =>
	one.equals(other) ? 'byte by byte the same' : 'NOT the same';

async function eventually<Value>(
	what: string,
	look: () => Value | undefined | Promise<Value | undefined>,
): Promise<Value> {
	return await until(look, { what, timeoutMs: STEP_MAY_TAKE_MS });
}

/** Until n8n has written down what became of all messages of one direction. */
async function allAre(
	{ client }: Stack,
	{ externalUserId }: Writer,
	{ direction, status }: { direction: 'in' | 'out'; status: string },
): Promise<void> {
	await eventually(`everything to be ${status}`, async () => {
		const rows = await client.readRows<{ status: string }>(MESSAGES, { externalUserId, direction });
		return rows.length > 0 && rows.every((row) => row.status === status);
	});
}

function nameOfContact({ zoho }: Stack, contactId: string): string {
	const contact = zoho.desk.records('contacts').find(({ id }) => id === contactId);
	return [contact?.firstName, contact?.lastName].filter(Boolean).join(' ');
}

/** Why executions of the templates have failed. */
async function failuresOf({ client }: Stack, workflowIds: string[]): Promise<string[]> {
	const failed = await Promise.all(
		workflowIds.map(
			async (workflowId) =>
				await client.listExecutions({ workflowId, status: ['error', 'crashed'] }),
		),
	);
	const executions = await Promise.all(
		failed.flat().map(async ({ id }) => await client.getExecution(id)),
	);
	return executions.map(({ error }) => `${error?.node}: ${error?.message}`);
}
