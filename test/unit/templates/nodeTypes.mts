import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	NodeHelpers,
	type INodePropertyOptions,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import type { TemplateNode } from './templateFiles.mts';

const PACKAGE = 'n8n-nodes-callbridge.';

export const isOwn = ({ type }: Pick<TemplateNode, 'type'>) => type.startsWith(PACKAGE);

/** The nodes that package.json offers, from their sources, by full type name. */
export async function ownNodeTypes(): Promise<Map<string, INodeTypeDescription>> {
	const { n8n } = JSON.parse(readFileSync(join(process.cwd(), 'package.json'), 'utf8')) as {
		n8n: { nodes: string[] };
	};
	const descriptions = await Promise.all(
		n8n.nodes.map(async (built) => {
			const source = built.replace(/^dist\//, '').replace(/\.js$/, '');
			const classes = (await import(join(process.cwd(), source))) as Record<
				string,
				new () => INodeType
			>;
			const className = source.split('/').at(-1)?.replace('.node', '') ?? '';
			return new classes[className]().description;
		}),
	);
	return new Map(descriptions.map((description) => [PACKAGE + description.name, description]));
}

export interface Ports {
	inputs: number;
	outputs: number;
}

/** Of n8n's own nodes that the templates use, with the parameters that they use. */
const basePorts: Record<string, Ports> = {
	aggregate: { inputs: 1, outputs: 1 },
	convertToFile: { inputs: 1, outputs: 1 },
	dataTable: { inputs: 1, outputs: 1 },
	errorTrigger: { inputs: 0, outputs: 1 },
	executeWorkflow: { inputs: 1, outputs: 1 },
	executeWorkflowTrigger: { inputs: 0, outputs: 1 },
	filter: { inputs: 1, outputs: 1 },
	if: { inputs: 1, outputs: 2 },
	limit: { inputs: 1, outputs: 1 },
	manualTrigger: { inputs: 0, outputs: 1 },
	merge: { inputs: 2, outputs: 1 },
	noOp: { inputs: 1, outputs: 1 },
	respondToWebhook: { inputs: 1, outputs: 1 },
	scheduleTrigger: { inputs: 0, outputs: 1 },
	set: { inputs: 1, outputs: 1 },
	splitInBatches: { inputs: 1, outputs: 2 },
	splitOut: { inputs: 1, outputs: 1 },
	stickyNote: { inputs: 0, outputs: 0 },
	stopAndError: { inputs: 1, outputs: 0 },
	wait: { inputs: 1, outputs: 1 },
	webhook: { inputs: 0, outputs: 1 },
};

/** How many inputs and outputs a node shows; null for a type that does not exist. */
export function portsOf(
	node: TemplateNode,
	ownTypes: Map<string, INodeTypeDescription>,
): Ports | null {
	const own = ownTypes.get(node.type);
	const ports = own
		? { inputs: own.inputs.length, outputs: own.outputs.length }
		: node.type === 'n8n-nodes-base.switch'
			? { inputs: 1, outputs: outputsOfSwitch(node) }
			: basePorts[node.type.replace(/^n8n-nodes-base\./, '')];
	if (!ports) return null;
	// A webhook for several methods has an output for each.
	const { multipleMethods, httpMethod } = node.parameters;
	const methods = multipleMethods === true && Array.isArray(httpMethod) ? httpMethod.length : 1;
	const errorOutputs = node.onError === 'continueErrorOutput' ? 1 : 0;
	return { ...ports, outputs: ports.outputs * methods + errorOutputs };
}

/** One for each rule, and one for what fits none of them. */
function outputsOfSwitch({ parameters }: TemplateNode): number {
	const { rules, options } = parameters as {
		rules: { values: unknown[] };
		options: { fallbackOutput?: string };
	};
	return rules.values.length + (options.fallbackOutput === 'extra' ? 1 : 0);
}

/** Asks a PBX, a CRM or WeCom, which may not answer. */
export const callsVendor = (node: TemplateNode) =>
	isOwn(node) && /\.(yeastar|zoho\w+|weCom\w+)$/.test(node.type);

/** Done twice if the answer of the first time got lost, and nobody can look for it: a telephone that rings. */
export const mustNotRepeat = ({ parameters }: TemplateNode) => parameters.operation === 'dial';

export const isTrigger = ({ type }: TemplateNode) =>
	/trigger$/i.test(type) || type === 'n8n-nodes-base.webhook';

/** Choices that a drop-down of the node does not offer, as `name: value`. */
export function unofferedChoices(node: TemplateNode, description: INodeTypeDescription): string[] {
	return description.properties
		.filter(
			({ type, typeOptions }) =>
				['options', 'multiOptions'].includes(type) && typeOptions?.loadOptionsMethod === undefined,
		)
		.filter((property) =>
			NodeHelpers.displayParameter(node.parameters, property, node, description),
		)
		.flatMap(({ name, options = [] }) => {
			const offered = (options as INodePropertyOptions[]).map(({ value }) => value);
			return [node.parameters[name]]
				.flat()
				.filter((value) => !String(value).startsWith('='))
				.filter((value) => !offered.some((choice) => choice === value))
				.map((value) => `${name}: ${value}`);
		});
}
