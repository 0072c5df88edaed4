import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { operations } from '../../../nodes/Yeastar/actions/operations';
import { Yeastar } from '../../../nodes/Yeastar/Yeastar.node';

const { properties } = new Yeastar().description;

const optionsOf = (property?: INodeProperties) =>
	(property?.options ?? []) as INodePropertyOptions[];
const resources = optionsOf(properties.find(({ name }) => name === 'resource'));
const selectorOf = (resource: string) =>
	properties.find(
		({ name, displayOptions }) =>
			name === 'operation' && displayOptions?.show?.resource?.includes(resource),
	);

/** Every option list of the node, however deep. */
function optionLists(list: INodeProperties[]): INodeProperties[] {
	return list.flatMap((property) => [
		property,
		...(property.type === 'collection' ? optionLists(property.options as INodeProperties[]) : []),
	]);
}

describe('the description of the Yeastar node', () => {
	it('offers what it can do, and nothing else', () => {
		expect(resources.map(({ value }) => value)).toEqual(Object.keys(operations));
		for (const [resource, table] of Object.entries(operations)) {
			const offered = optionsOf(selectorOf(resource)).map(({ value }) => value);
			expect(offered).toEqual(Object.keys(table));
			expect(offered).toContain(selectorOf(resource)?.default);
		}
	});

	it('tells each operation apart in the list of actions', () => {
		const actions = resources
			.flatMap(({ value }) => optionsOf(selectorOf(String(value))))
			.map(({ action, description }) => ({ action, description }));
		expect(actions.every(({ action, description }) => action && description)).toBe(true);
		expect(new Set(actions.map(({ action }) => action)).size).toBe(actions.length);
	});

	it('sorts long lists by name', () => {
		for (const property of optionLists(properties)) {
			const names = optionsOf(property).map((option) =>
				String((option as { displayName?: string }).displayName ?? option.name),
			);
			if (names.length < 5) continue;
			expect(names).toEqual([...names].sort((one, other) => one.localeCompare(other)));
		}
	});

	it('shows each parameter for one operation only', () => {
		for (const { name, displayOptions } of properties) {
			if (['resource', 'operation'].includes(name)) continue;
			expect(displayOptions?.show).toMatchObject({
				resource: [expect.any(String)],
				operation: [expect.any(String)],
			});
		}
	});
});
