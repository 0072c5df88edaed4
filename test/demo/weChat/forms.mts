import { z } from 'zod';
import type { Written } from '../../simulators/wecom/weComSimulator.mts';
import { isJpegOrPng } from '../../simulators/wecom/fileContents.mts';
import type { SampleFile } from './sampleFiles.mts';

const fileField = z
	.object({ name: z.string().min(1).max(200), base64: z.string() })
	.nullable()
	.transform((file): SampleFile | null =>
		file ? { name: file.name, bytes: Buffer.from(file.base64, 'base64') } : null,
	);

const customerForm = z.object({
	externalUserId: z.string(),
	text: z.string().trim().max(2000),
	file: fileField,
});

const agentForm = z.object({
	ticketId: z.string().min(1, 'There is no ticket yet: the customer has to write first'),
	text: z.string().trim().min(1, 'Type an answer').max(10_000),
	isPublic: z.boolean(),
	file: fileField,
});

const writerForm = z.object({ nickname: z.string().trim().min(1, 'Type a name').max(40) });

type Read<Content> = Content | { problem: string };

/** What a customer sends in one go: the text, then the file. */
export function readCustomerMessages(
	body: unknown,
): Read<{ externalUserId: string; written: Written[] }> {
	const form = customerForm.safeParse(body);
	if (!form.success) return { problem: form.error.issues[0].message };
	const { externalUserId, text, file } = form.data;
	if (text === '' && !file) return { problem: 'Type something or choose a file' };
	const written: Written[] = [];
	if (text !== '') written.push({ text });
	if (file) written.push(isJpegOrPng(file.bytes) ? { image: file } : { file });
	return { externalUserId, written };
}

/** A comment that an agent writes on the ticket. */
export function readAgentComment(
	body: unknown,
): Read<{ ticketId: string; content: string; isPublic: boolean; file?: SampleFile }> {
	const form = agentForm.safeParse(body);
	if (!form.success) return { problem: form.error.issues[0].message };
	const { ticketId, text, isPublic, file } = form.data;
	return { ticketId, content: text, isPublic, ...(file && { file }) };
}

export function readWriter(body: unknown): Read<{ nickname: string }> {
	const form = writerForm.safeParse(body);
	return form.success ? form.data : { problem: form.error.issues[0].message };
}
