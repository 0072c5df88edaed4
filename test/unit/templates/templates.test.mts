import { isSafeObjectProperty, NodeHelpers, type INodeTypeDescription } from 'n8n-workflow';

import {
	callsVendor,
	isOwn,
	isTrigger,
	mustNotRepeat,
	ownNodeTypes,
	portsOf,
	unofferedChoices,
} from './nodeTypes.mts';
import {
	nodesBefore,
	notesOf,
	readTemplate,
	templateFiles,
	templateText,
	wiresOf,
	workingNodes,
	type Template,
	type TemplateNode,
} from './templateFiles.mts';
import { expressionsOf, nodesReadBy, propertyNamesIn, stringsIn } from './templateStrings.mts';

const files = [...templateFiles(), ...templateFiles('zh-CN')];
const duplicates = (values: string[]) =>
	values.filter((value, index) => values.indexOf(value) !== index);

let ownTypes: Map<string, INodeTypeDescription>;
beforeAll(async () => {
	ownTypes = await ownNodeTypes();
});

/** A node with the values that the editor fills in for what the file leaves out. */
function withDefaults(node: TemplateNode, description: INodeTypeDescription): TemplateNode {
	const parameters = NodeHelpers.getNodeParameters(
		description.properties,
		node.parameters,
		true,
		false,
		node,
		description,
	);
	return { ...node, parameters: parameters ?? {} };
}

const ownNodes = (template: Template) => template.nodes.filter(isOwn);

describe.each(files)('%s', (file) => {
	const template = readTemplate(file);
	const names = template.nodes.map(({ name }) => name);

	it('holds a workflow and nothing of the n8n that it was made in', () => {
		expect(Object.keys(template).sort()).toEqual(
			['connections', 'name', 'nodes', 'pinData', 'settings'].sort(),
		);
		// Every night's run would put all customers into n8n's database once more; what it did stands in its report. The
		// page of a call asks every two seconds.
		const savesNoSuccess = /\b(sync-\w+-contacts|click-to-call)\b/.test(file);
		expect(template.settings).toEqual({
			executionOrder: 'v1',
			...(savesNoSuccess && { saveDataSuccessExecution: 'none' }),
		});
		expect(template.nodes.filter(({ credentials }) => credentials !== undefined)).toEqual([]);
	});

	it('has ids and names of its own for all nodes', () => {
		expect(duplicates(template.nodes.map(({ id }) => id))).toEqual([]);
		expect(duplicates(names)).toEqual([]);
		expect(names.filter((name) => name.length >= 40)).toEqual([]);
	});

	it('uses only nodes of n8n and of this package', () => {
		const unknown = template.nodes.filter((node) => portsOf(node, ownTypes) === null);
		expect(unknown.map(({ type }) => type)).toEqual([]);
		const wrongVersion = ownNodes(template).filter(
			({ type, typeVersion }) => ![ownTypes.get(type)?.version].flat().includes(typeVersion),
		);
		expect(wrongVersion.map(({ name }) => name)).toEqual([]);
	});

	it('connects outputs and inputs that exist', () => {
		const port = (name: string) => {
			const node = template.nodes.find((candidate) => candidate.name === name);
			return node ? portsOf(node, ownTypes) : null;
		};
		const dangling = wiresOf(template).filter(
			({ from, output, node, index, type }) =>
				type !== 'main' ||
				output >= (port(from)?.outputs ?? 0) ||
				index >= (port(node)?.inputs ?? 0),
		);
		expect(dangling).toEqual([]);
	});

	it('leaves no node aside', () => {
		const wires = wiresOf(template);
		const lonely = workingNodes(template).filter(
			(node) => !isTrigger(node) && !wires.some((wire) => wire.node === node.name),
		);
		expect(lonely.map(({ name }) => name)).toEqual([]);
	});

	it('fills in parameters that exist, with values that n8n takes', () => {
		for (const node of ownNodes(template)) {
			const description = ownTypes.get(node.type)!;
			const complete = withDefaults(node, description);
			expect(complete.parameters).toMatchObject(node.parameters);
			const issues = NodeHelpers.getNodeParametersIssues(
				description.properties,
				complete,
				description,
				Object.keys(template.pinData),
			);
			const unoffered = unofferedChoices(complete, description);
			expect({ node: node.name, issues, unoffered }).toEqual({
				node: node.name,
				issues: null,
				unoffered: [],
			});
		}
	});

	it('reads nodes that exist, and ran before', () => {
		const wrong = template.nodes.flatMap((node) => {
			const before = nodesBefore(template, node.name);
			return expressionsOf(node)
				.flatMap(nodesReadBy)
				.filter((name) => !before.has(name))
				.map((name) => `${node.name} reads ${name}`);
		});
		expect(wrong).toEqual([]);
	});

	it('uses no property that expressions of n8n may not read', () => {
		const wrong = template.nodes.flatMap((node) =>
			expressionsOf(node)
				.flatMap(propertyNamesIn)
				.filter((name) => !isSafeObjectProperty(name))
				.map((name) => `${node.name}: ${name}`),
		);
		expect(wrong).toEqual([]);
	});

	it('names no host, no person and no secret', () => {
		const text = templateText(file);
		const addresses = text.match(/[\w.+-]+@[\w-]+(\.[\w-]+)+/g) ?? [];
		expect(addresses.filter((address) => !/[@.]example\.com$/.test(address))).toEqual([]);
		expect(text).not.toMatch(/\b(https?|wss?):\/\//);
		expect(text).not.toMatch(/\b\d{1,3}(\.\d{1,3}){3}\b/);
		expect(text).not.toMatch(/localhost/i);
		const strings = template.nodes.flatMap(({ parameters }) => stringsIn(parameters));
		const secrets = strings.filter(
			({ path, text: value }) =>
				/(secret|password|token|api_?key)$/i.test(path) || /\b[A-Za-z0-9+/_]{32,}\b/.test(value),
		);
		expect(secrets).toEqual([]);
	});

	it('tries again when a vendor does not answer, unless that would do it twice', () => {
		const wrong = template.nodes.filter(
			(node) => callsVendor(node) && (node.retryOnFail === true) === mustNotRepeat(node),
		);
		expect(wrong.map(({ name }) => name)).toEqual([]);
	});

	it('sends what a vendor refuses somewhere', () => {
		const wires = wiresOf(template);
		const triggers = new Set(
			template.nodes
				.filter((node) => isTrigger(node) && node.type !== 'n8n-nodes-base.manualTrigger')
				.map(({ name }) => name),
		);
		const startsByItself = ({ name }: TemplateNode) =>
			[...nodesBefore(template, name)].some((before) => triggers.has(before));
		const hasErrorOutput = (node: TemplateNode) =>
			node.onError === 'continueErrorOutput' &&
			wires.some(
				({ from, output }) => from === node.name && output === portsOf(node, ownTypes)!.outputs - 1,
			);
		// Where nothing is connected the run has to stop, and the note has to name the error workflow.
		const stopsAndTells = ({ onError }: TemplateNode) =>
			(onError === undefined || onError === 'stopWorkflow') &&
			notesOf(template).some(({ parameters }) =>
				String(parameters.content).includes('**on-failure**'),
			);
		const lost = template.nodes.filter(
			(node) =>
				callsVendor(node) && startsByItself(node) && !hasErrorOutput(node) && !stopsAndTells(node),
		);
		expect(lost.map(({ name }) => name)).toEqual([]);
		const swallowed = template.nodes.filter(
			(node) => callsVendor(node) && node.onError === 'continueRegularOutput',
		);
		expect(swallowed.map(({ name }) => name)).toEqual([]);
	});
});
