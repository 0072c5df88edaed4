import { randomUUID } from 'node:crypto';

import type { WorkflowFile, WorkflowNode } from '../stack/workflows.mts';

export const PATH = 'click-to-call';
export const DIAL = 'Dial';

/** The smallest workflow that calls by a click: POST dials once, GET shows the page that sends the POST. */
export function clickToCallWorkflow(): WorkflowFile {
	const node = (
		name: string,
		type: string,
		typeVersion: number,
		parameters: Record<string, unknown>,
	): WorkflowNode => ({ id: randomUUID(), name, type, typeVersion, position: [0, 0], parameters });
	const callPage = (name: string, parameters: Record<string, unknown>) =>
		node(name, 'n8n-nodes-callbridge.callPage', 1, parameters);
	const onlyIf = (name: string, condition: string) =>
		node(name, 'n8n-nodes-base.if', 2.2, {
			conditions: {
				options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
				combinator: 'and',
				conditions: [
					{
						id: randomUUID(),
						leftValue: `={{ ${condition} }}`,
						rightValue: '',
						operator: { type: 'boolean', operation: 'true', singleValue: true },
					},
				],
			},
			options: {},
		});
	const headers = ['content-type', 'content-language', 'cache-control', 'referrer-policy'];
	const link = "$('Check').item.json.link";
	const query = "={{ $('Check').item.json.query }}";
	const to = (name: string) => [{ node: name, type: 'main', index: 0 }];
	return {
		name: 'Click to call',
		nodes: [
			{
				...node('Click', 'n8n-nodes-base.webhook', 2, {
					multipleMethods: true,
					httpMethod: ['GET', 'POST'],
					path: PATH,
					responseMode: 'responseNode',
					options: {},
				}),
				webhookId: randomUUID(),
			},
			callPage('Check', { resource: 'link', operation: 'check', purpose: 'clickToCall' }),
			onlyIf('Is Good', '$json.link.valid'),
			callPage('Refuse', { resource: 'page', operation: 'message' }),
			onlyIf('Is Sent', '$json.body.once !== undefined'),
			callPage('Claim', { resource: 'link', operation: 'claim' }),
			onlyIf('Is First', '$json.claim.first'),
			callPage('Wait', {
				resource: 'page',
				operation: 'message',
				message: '={{ $json.claim.reason }}',
				advice: '={{ $json.claim.advice }}',
				statusCode: 429,
			}),
			node(DIAL, 'n8n-nodes-callbridge.yeastar', 1, {
				resource: 'call',
				operation: 'dial',
				caller: { __rl: true, mode: 'id', value: `={{ ${link}.extension }}` },
				callee: `={{ ${link}.number }}`,
			}),
			callPage('Follow', {
				resource: 'page',
				operation: 'dialing',
				state: 'ringing',
				number: `={{ ${link}.number }}`,
				extension: `={{ ${link}.extension }}`,
				query,
				refreshSeconds: 60,
				language: `={{ ${link}.language }}`,
			}),
			callPage('Show', { resource: 'page', operation: 'dialing', state: 'ready' }),
			node('Answer', 'n8n-nodes-base.respondToWebhook', 1.1, {
				respondWith: 'text',
				responseBody: '={{ $json.page.html }}',
				options: {
					responseCode: '={{ $json.page.statusCode }}',
					responseHeaders: {
						entries: headers.map((name) => ({
							name,
							value: `={{ $json.page.headers['${name}'] }}`,
						})),
					},
				},
			}),
		],
		connections: {
			Click: { main: [to('Check'), to('Check')] },
			Check: { main: [to('Is Good')] },
			'Is Good': { main: [to('Is Sent'), to('Refuse')] },
			'Is Sent': { main: [to('Claim'), to('Show')] },
			Claim: { main: [to('Is First')] },
			'Is First': { main: [to(DIAL), to('Wait')] },
			[DIAL]: { main: [to('Follow')] },
			Follow: { main: [to('Answer')] },
			Wait: { main: [to('Answer')] },
			Show: { main: [to('Answer')] },
			Refuse: { main: [to('Answer')] },
		},
		settings: { executionOrder: 'v1' },
	};
}
