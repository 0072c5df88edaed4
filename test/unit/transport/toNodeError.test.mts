import { NodeApiError, NodeOperationError, type INode, type JsonObject } from 'n8n-workflow';
import { toNodeError } from '../../../nodes/actions/toNodeError';
import { ServiceError, type ServiceErrorFacts } from '../../../nodes/transport/ServiceError';

const node = { name: 'Log Call', type: 'zoho', typeVersion: 1, parameters: {} } as unknown as INode;
const TOKEN = '1000.7f3c9a.d41e';

const failure = (facts: Partial<ServiceErrorFacts> = {}) =>
	new ServiceError({
		service: 'Zoho CRM',
		kind: 'refused',
		message: 'What happened',
		advice: 'What to do',
		...facts,
	});

describe('toNodeError', () => {
	it('says what happened and what to do, for the item that it concerns', () => {
		const error = toNodeError(node, failure({ code: 'INVALID_DATA', httpStatus: 400 }), 3);
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error).toMatchObject({
			message: 'What happened',
			description: 'What to do',
			httpCode: '400',
			context: { itemIndex: 3 },
		});
	});

	it.each([
		['a code that n8n has a sentence for', failure({ code: 'ECONNREFUSED' })],
		['another one', failure({ code: 'ETIMEDOUT', kind: 'interrupted' })],
		['a status that n8n has a sentence for', failure({ httpStatus: 503 })],
		['a code of the service', failure({ code: '60002' })],
	])('keeps our sentence with %s', (_what, given) => {
		const error = toNodeError(node, given, 0);
		expect(error.message).toBe('What happened');
		expect(error.description).toBe('What to do');
	});

	it('says both in the message where n8n shows no description', () => {
		const error = toNodeError(node, failure({ code: 'ECONNREFUSED' }));
		expect(error.message).toBe('What happened. What to do');
		expect(error.description ?? null).toBeNull();
	});

	it('keeps a sentence that happens to contain a code of Node', () => {
		const message = 'Zoho CRM does not accept the value of the field Preexisting_Id';
		expect(toNodeError(node, failure({ message }), 0).message).toBe(message);
	});

	it('keeps the request that failed to itself', () => {
		const cause = Object.assign(new Error(`GET https://pbx/?access_token=${TOKEN}`), {
			config: { headers: { Authorization: `Bearer ${TOKEN}` } },
		});
		const error = toNodeError(node, failure({ cause }));
		const shown = [JSON.stringify(error), error.message, error.stack, ...error.messages].join();
		expect(shown).not.toContain(TOKEN);
	});

	it.each([
		new NodeOperationError(node, 'The item holds no call'),
		new NodeApiError(node, { message: 'no' } as JsonObject),
	])('leaves an error of n8n as it is and adds the item', (given) => {
		const error = toNodeError(node, given, 2);
		expect(error).toBe(given);
		expect(error.context.itemIndex).toBe(2);
		expect(toNodeError(node, given, 5).context.itemIndex).toBe(2);
	});

	it.each([
		[new TypeError('a slip of our own'), 'a slip of our own'],
		['a text', 'a text'],
		[undefined, 'undefined'],
	])('makes a node error of %p', (given, message) => {
		const error = toNodeError(node, given, 1);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error.message).toBe(message);
		expect(error.context.itemIndex).toBe(1);
	});
});
