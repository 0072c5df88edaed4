import { json, Router, type Response } from 'express';
import { renderSVG } from 'uqr';

import type { Stack } from '../../e2e/stack/startStack.mts';
import { attachedBytes, commentOnTicket } from './agent.mts';
import { chatWith, ticketOf } from './conversations.mts';
import { readAgentComment, readCustomerMessages, readWriter } from './forms.mts';
import type { WeChat } from './openWeChat.mts';

/** What the page does as customers and as agents, and the files that it shows. */
export function weChatRoutes(stack: Stack, weChat: WeChat): Router {
	const router = Router();
	const writerOf = (id: unknown) =>
		weChat.writers.find(({ externalUserId }) => externalUserId === id);
	const { wecom, zoho } = stack;
	router.use(json({ limit: '30mb' }));

	router.get('/qrCode.svg', (_request, response) => {
		response.type('svg').send(renderSVG(weChat.link, { border: 2 }));
	});
	router.post('/customers', async (request, response) => {
		const form = readWriter(request.body);
		if ('problem' in form) return refuse(response, form);
		const { externalUserId, entry } = weChat.addWriter(form.nickname);
		await wecom.customerEnters(weChat.openKfId, externalUserId, entry);
		response.json({ externalUserId });
	});
	router.post('/messages', async (request, response) => {
		const form = readCustomerMessages(request.body);
		if ('problem' in form) return refuse(response, form);
		const writer = writerOf(form.externalUserId);
		if (!writer) return refuse(response, { problem: 'There is no such customer' });
		for (const written of form.written) {
			await wecom.customerWrites(weChat.openKfId, writer.externalUserId, written);
		}
		response.json({});
	});
	router.post('/comments', async (request, response) => {
		const form = readAgentComment(request.body);
		if ('problem' in form) return refuse(response, form);
		response.json({ id: await commentOnTicket(zoho, form) });
	});

	router.get('/files/:customer/:msgid', (request, response) => {
		const writer = writerOf(request.params.customer);
		const entry =
			writer && chatWith(stack, weChat, writer).find(({ msgid }) => msgid === request.params.msgid);
		sendFile(response, entry?.file);
	});
	router.get('/attachments/:ticket/:id', async (request, response) => {
		const found = ticketOf(stack, request.params.ticket);
		const attachment = [
			...(found?.attachments ?? []),
			...(found?.comments.flatMap(({ attachments }) => attachments) ?? []),
		].find(({ id }) => id === request.params.id);
		sendFile(
			response,
			attachment && { name: attachment.name, bytes: await attachedBytes(zoho, attachment.href) },
		);
	});
	return router;
}

function refuse(response: Response, refusal: { problem: string }): void {
	response.status(400).json(refusal);
}

function sendFile(response: Response, file: { name: string; bytes: Buffer } | undefined): void {
	if (!file) {
		response.sendStatus(404);
		return;
	}
	// Only pictures are shown in the page; whatever else somebody has chosen is saved, not opened.
	response.attachment(file.name).send(file.bytes);
}
