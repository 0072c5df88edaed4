import {
	NodeOperationError,
	type IExecuteFunctions,
	type INode,
	type INodeParameters,
} from 'n8n-workflow';
import type { Operation, OperationTable } from '../../../nodes/actions/Operation';
import { runOperations } from '../../../nodes/actions/runOperations';
import { ServiceError } from '../../../nodes/transport/ServiceError';

const node = { name: 'PBX', type: 'yeastar', typeVersion: 1, parameters: {} } as unknown as INode;

function contextOf(parameters: INodeParameters[], continueOnFail = false): IExecuteFunctions {
	return {
		getInputData: () => parameters.map((json) => ({ json })),
		getNodeParameter: (name: string, itemIndex: number) => parameters[itemIndex][name],
		getNode: () => node,
		continueOnFail: () => continueOnFail,
	} as unknown as IExecuteFunctions;
}

const operation = (execute: Operation['execute']): Operation => ({ description: [], execute });

const busy = new ServiceError({
	service: 'Yeastar PBX',
	kind: 'limit',
	message: 'The PBX is busy',
	advice: 'Try again later.',
});

const operations: OperationTable = {
	call: {
		dial: operation(
			async (_context, itemIndex) => await Promise.resolve([{ json: { dialled: itemIndex } }]),
		),
		getLiveCalls: operation(async () => await Promise.resolve([])),
	},
	contact: {
		getMany: operation(
			async () => await Promise.resolve([{ json: { id: '1' } }, { json: { id: '2' } }]),
		),
		create: operation(async () => await Promise.reject(busy)),
		update: operation(async () => await Promise.reject(new Error('a slip of our own'))),
	},
};

const dial = { resource: 'call', operation: 'dial' };
const getMany = { resource: 'contact', operation: 'getMany' };
const create = { resource: 'contact', operation: 'create' };

describe('runOperations', () => {
	it('runs each item with its own operation and pairs what comes out', async () => {
		const none = { resource: 'call', operation: 'getLiveCalls' };
		await expect(
			runOperations(contextOf([dial, getMany, none, dial]), operations),
		).resolves.toEqual([
			[
				{ json: { dialled: 0 }, pairedItem: { item: 0 } },
				{ json: { id: '1' }, pairedItem: { item: 1 } },
				{ json: { id: '2' }, pairedItem: { item: 1 } },
				{ json: { dialled: 3 }, pairedItem: { item: 3 } },
			],
		]);
	});

	it('ends at the first item that fails and names it', async () => {
		await expect(
			runOperations(contextOf([dial, create, create]), operations),
		).rejects.toMatchObject({
			message: 'The PBX is busy',
			description: 'Try again later.',
			context: { itemIndex: 1 },
		});
	});

	it('goes on after it if the node is set so, with nothing but error and message in the item', async () => {
		const update = { resource: 'contact', operation: 'update' };
		const context = contextOf([create, dial, update], true);
		await expect(runOperations(context, operations)).resolves.toEqual([
			[
				{
					json: { error: 'The PBX is busy', message: 'Try again later.' },
					pairedItem: { item: 0 },
				},
				{ json: { dialled: 1 }, pairedItem: { item: 1 } },
				{
					json: { error: 'a slip of our own', message: 'a slip of our own' },
					pairedItem: { item: 2 },
				},
			],
		]);
	});

	it.each([false, true])(
		'runs an operation for all items once, and pairs its output or its failure with all (fails: %s)',
		async (fails) => {
			const seen: number[] = [];
			const synchronize: Operation = {
				description: [],
				runsOnce: true,
				execute: async (_context, itemIndex) => {
					seen.push(itemIndex);
					return await (fails ? Promise.reject(busy) : Promise.resolve([{ json: { ok: 1 } }]));
				},
			};
			const all = { resource: 'phonebook', operation: 'synchronize' };
			const [output] = await runOperations(contextOf([all, all, all], true), {
				phonebook: { synchronize },
			});
			expect(seen).toEqual([0]);
			expect(output).toMatchObject([
				{
					json: fails ? { error: 'The PBX is busy' } : { ok: 1 },
					pairedItem: [{ item: 0 }, { item: 1 }, { item: 2 }],
				},
			]);
		},
	);

	it('says so when an expression names an operation that does not exist', async () => {
		const unknown = { resource: 'call', operation: 'shout' };
		const run = runOperations(contextOf([unknown]), operations);
		await expect(run).rejects.toBeInstanceOf(NodeOperationError);
		await expect(run).rejects.toThrow('shout');
	});
});
