import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';
import { runNode } from '../nodeContext.mts';

/** Gives its parameters back. */
const mirror: INodeType = {
	description: {
		displayName: 'Mirror',
		name: 'mirror',
		group: ['transform'],
		version: 1,
		description: 'Gives its parameters back',
		defaults: { name: 'Mirror' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [
			{
				displayName: 'Name',
				name: 'name',
				type: 'string',
				default: '={{ $json.name }}',
				required: true,
			},
			{
				displayName: 'Kind',
				name: 'kind',
				type: 'options',
				options: [
					{ name: 'Plain', value: 'plain' },
					{ name: 'Counted', value: 'counted' },
				],
				default: 'plain',
			},
			{
				displayName: 'Count',
				name: 'count',
				type: 'number',
				default: 3,
				displayOptions: { show: { kind: ['counted'] } },
			},
			{
				displayName: 'Extension',
				name: 'extension',
				type: 'resourceLocator',
				default: { mode: 'list', value: '' },
				modes: [
					{ displayName: 'From List', name: 'list', type: 'list' },
					{
						displayName: 'By URL',
						name: 'url',
						type: 'string',
						extractValue: { type: 'regex', regex: '/ext/(\\d+)' },
					},
				],
			},
		],
	},
	async execute(this: IExecuteFunctions) {
		const rows = this.getInputData().map(
			(_item, index): INodeExecutionData => ({
				json: {
					name: this.getNodeParameter('name', index),
					count: this.getNodeParameter('count', index, null),
					extension: this.getNodeParameter('extension', index, '', { extractValue: true }),
				},
			}),
		);
		return await Promise.resolve([rows]);
	},
};

describe('the stand-in for the context of n8n', () => {
	it('evaluates expressions per item, fills defaults and takes values out of locators', async () => {
		const { items } = await runNode(mirror, {
			parameters: {
				kind: 'counted',
				extension: { __rl: true, mode: 'url', value: 'https://pbx/ext/1001' },
			},
			items: [{ name: 'Amina' }, { name: 'Li' }],
		});
		expect(items.map((item) => item.json)).toEqual([
			{ name: 'Amina', count: 3, extension: '1001' },
			{ name: 'Li', count: 3, extension: '1001' },
		]);
	});

	it('leaves hidden parameters out and refuses misspelt ones', async () => {
		const { items } = await runNode(mirror, { items: [{ name: 'Amina' }] });
		expect(items[0].json.count).toBeNull();
		await expect(runNode(mirror, { parameters: { cuont: 4 } })).rejects.toThrow(
			'no parameter "cuont"',
		);
		await expect(runNode(mirror, { parameters: { count: 4 } })).rejects.toThrow(
			'no parameter "count"',
		);
	});

	it('does not run a node whose parameters n8n would mark', async () => {
		await expect(runNode(mirror, { parameters: { name: '' } })).rejects.toThrow(
			'"Name" is required',
		);
	});
});
