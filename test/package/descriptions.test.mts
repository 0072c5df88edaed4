import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { allParameters, choicesOf, screensOf, type PlacedParameter } from './shownParameters.mts';
import { unpackPackage, type DescribedNode, type UnpackedPackage } from './unpackedPackage.mts';

// n8n's lint rules read only what is written out in a .node.ts file. These look at what people get to see.

let unpacked: UnpackedPackage;
let nodes: DescribedNode[];
let parameters: PlacedParameter[];

beforeAll(() => {
	unpacked = unpackPackage();
	nodes = unpacked.describe().nodes;
	parameters = nodes.flatMap(({ description }) =>
		allParameters(description.properties, description.displayName),
	);
});
afterAll(() => unpacked.remove());

const pathsWhere = (isWrong: (parameter: INodeProperties) => boolean) =>
	parameters.filter(({ parameter }) => isWrong(parameter)).map(({ path }) => path);

const operations = (): Array<{ path: string; operation: INodePropertyOptions }> =>
	parameters
		.filter(({ parameter }) => parameter.name === 'operation')
		.flatMap(({ path, parameter }) =>
			choicesOf(parameter).map((operation) => ({ path: `${path} > ${operation.name}`, operation })),
		);

const duplicates = (values: string[]) =>
	values.filter((value, index) => values.indexOf(value) !== index);

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

const isSorted = (values: string[]) =>
	values.every(
		(value, index) =>
			index === 0 || values[index - 1].localeCompare(value, 'en', { sensitivity: 'base' }) <= 0,
	);

describe('nodes', () => {
	it('have names of their own', () => {
		expect(duplicates(nodes.map(({ description }) => description.displayName))).toEqual([]);
		expect(duplicates(nodes.map(({ description }) => description.name))).toEqual([]);
	});

	it('offer themselves as tools of an agent only when they are no triggers', () => {
		const triggers = nodes.filter(({ description }) => description.group.includes('trigger'));
		expect(triggers.map(({ description }) => description.usableAsTool ?? false)).not.toContain(
			true,
		);
	});

	it('ask for credentials of this package only', () => {
		const own = unpacked.describe().credentials.map(({ name }) => name);
		const asked = nodes.flatMap(({ description }) => description.credentials ?? []);
		expect(asked.map(({ name }) => name).filter((name) => !own.includes(name))).toEqual([]);
	});

	it('have the methods that their parameters call', () => {
		const missing = nodes.flatMap(({ description, methods }) =>
			allParameters(description.properties, description.displayName).flatMap(
				({ path, parameter }) => {
					const { loadOptionsMethod, resourceMapper } = parameter.typeOptions ?? {};
					const listSearches = (parameter.modes ?? []).map(
						(mode) => mode.typeOptions?.searchListMethod,
					);
					const asked: Array<[kind: string, name: string | undefined]> = [
						['loadOptions', loadOptionsMethod],
						['resourceMapping', resourceMapper?.resourceMapperMethod],
						...listSearches.map((name): [string, string | undefined] => ['listSearch', name]),
					];
					return asked
						.filter(([kind, name]) => name !== undefined && !methods[kind]?.includes(name))
						.map(([kind, name]) => `${path}: ${kind}.${name}`);
				},
			),
		);
		expect(missing).toEqual([]);
	});
});

describe('operations', () => {
	it('have an action text in sentence case', () => {
		const isSentence = (text = '') => /^[A-Z][^A-Z]/.test(text) && !text.endsWith('.');
		expect(
			operations()
				.filter(({ operation }) => !isSentence(operation.action))
				.map(({ path, operation }) => `${path}: ${operation.action}`),
		).toEqual([]);
	});

	it('have an action text of their own within their node', () => {
		for (const { description } of nodes) {
			const actions = allParameters(description.properties, '')
				.filter(({ parameter }) => parameter.name === 'operation')
				.flatMap(({ parameter }) => choicesOf(parameter))
				.map(({ action }) => action ?? '');
			expect(duplicates(actions)).toEqual([]);
		}
	});

	it('say what they do', () => {
		expect(
			operations()
				.filter(({ operation }) => !operation.description)
				.map(({ path }) => path),
		).toEqual([]);
	});

	it('and resources take no expression', () => {
		expect(
			pathsWhere(
				({ name, noDataExpression }) =>
					['resource', 'operation'].includes(name) && !noDataExpression,
			),
		).toEqual([]);
	});
});

describe('parameters', () => {
	it('have names of their own on each screen', () => {
		const repeated = nodes
			.flatMap(({ description }) => screensOf(description))
			.flatMap((screen) =>
				duplicates(
					screen.parameters
						.filter(
							({ type, displayOptions }) =>
								type !== 'hidden' && type !== 'notice' && !dependsOnOthers(displayOptions),
						)
						.map(({ displayName }) => displayName),
				).map((displayName) => `${screen.name} > ${displayName}`),
			);
		expect(repeated).toEqual([]);
	});

	it('with five choices or more list them in alphabetical order', () => {
		expect(
			pathsWhere((parameter) => {
				const names = choicesOf(parameter).map(({ name }) => name);
				const hasOrderOfItsOwn = names.join() === weekdays.join();
				return names.length >= 5 && !isSorted(names) && !hasOrderOfItsOwn;
			}),
		).toEqual([]);
	});

	it('that collect five fields or more list them in alphabetical order', () => {
		expect(
			pathsWhere((parameter) => {
				if (parameter.type !== 'collection' && parameter.type !== 'fixedCollection') return false;
				const names = (parameter.options ?? []).map((option) =>
					'displayName' in option ? option.displayName : option.name,
				);
				return names.length >= 5 && !isSorted(names);
			}),
		).toEqual([]);
	});

	it('that are switches say whether', () => {
		expect(
			pathsWhere(
				({ type, description }) => type === 'boolean' && !description?.startsWith('Whether '),
			),
		).toEqual([]);
	});

	it('have a default of their type', () => {
		const types: Partial<Record<INodeProperties['type'], string>> = {
			boolean: 'boolean',
			string: 'string',
			collection: 'object',
			fixedCollection: 'object',
			multiOptions: 'object',
		};
		expect(
			pathsWhere(
				({ type, default: value, typeOptions }) =>
					types[type] !== undefined && !typeOptions?.multipleValues && typeof value !== types[type],
			),
		).toEqual([]);
	});

	it('never say required: false', () => {
		expect(pathsWhere(({ required }) => required === false)).toEqual([]);
	});

	it('have descriptions that end with a dot only when they have several sentences', () => {
		const isWrong = (text: string) => {
			const plain = text.replace(/<[^>]+>/g, '').replace(/\b(e\.g|i\.e|etc)\./g, '$1');
			const several = /[.!?] [A-Z0-9]/.test(plain);
			return several !== plain.endsWith('.');
		};
		expect(
			pathsWhere(
				({ type, description }) => type !== 'notice' && !!description && isWrong(description),
			),
		).toEqual([]);
	});

	it('that offer what the service has can also take an ID', () => {
		expect(
			pathsWhere(
				({ typeOptions, displayName, type }) =>
					(type === 'options' || type === 'multiOptions') &&
					typeOptions?.loadOptionsMethod !== undefined &&
					!/\bNames? or IDs?\b/.test(displayName),
			),
		).toEqual([]);
	});
});

/** Shown only when another parameter has a certain value: may then stand in for a parameter of the same name. */
function dependsOnOthers(displayOptions: INodeProperties['displayOptions']): boolean {
	const names = [
		...Object.keys(displayOptions?.show ?? {}),
		...Object.keys(displayOptions?.hide ?? {}),
	];
	return names.some((name) => !['resource', 'operation', '@version'].includes(name));
}
