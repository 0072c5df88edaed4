import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import mergeWith from 'lodash/mergeWith.js';

import type { SavedCredential } from './credentials.mts';
import type { N8nSession } from './n8nSession.mts';
import { until } from './until.mts';

export interface WorkflowNode {
	id: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string; name: string }>;
	disabled?: boolean;
	[property: string]: unknown;
}

export interface WorkflowFile {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, Record<string, Array<Array<{ node: string }> | null>>>;
	settings?: Record<string, unknown>;
	pinData?: Record<string, unknown[]>;
	[property: string]: unknown;
}

export interface SavedWorkflow extends WorkflowFile {
	id: string;
	versionId: string;
	/** The version that production runs; null while nothing is published. */
	activeVersionId: string | null;
}

export interface ImportOptions {
	/** Each is put on every node whose type asks for a credential of its type. */
	credentials?: SavedCredential[];
	/** Merged into the parameters of the node with this name. */
	parameters?: Record<string, Record<string, unknown>>;
	/** Merged into the node itself: disabled, retryOnFail, onError … */
	nodes?: Record<string, Partial<WorkflowNode>>;
	settings?: Record<string, unknown>;
	name?: string;
	/** Pinned samples are kept unless this is false. */
	pinData?: boolean;
}

interface NodeTypeSummary {
	name: string;
	version: number | number[];
	credentials?: Array<{ name: string }>;
}

/** Reads a template, e.g. `calls-to-zoho-crm`, from the project's workflows folder. */
export function readTemplate(name: string): WorkflowFile {
	return JSON.parse(
		readFileSync(join(process.cwd(), 'workflows', `${name}.json`), 'utf8'),
	) as WorkflowFile;
}

export function workflowsOf(session: N8nSession) {
	let nodeTypes: Promise<NodeTypeSummary[]> | undefined;

	const getNodeTypes = async (): Promise<NodeTypeSummary[]> =>
		await (nodeTypes ??= session.get<NodeTypeSummary[]>('/types/nodes.json'));

	const getWorkflow = async (id: string): Promise<SavedWorkflow> =>
		await session.get(`/rest/workflows/${id}`);

	const withCredentials = async (
		nodes: WorkflowNode[],
		available: SavedCredential[],
	): Promise<WorkflowNode[]> => {
		const types = await getNodeTypes();
		return nodes.map((node) => {
			const accepted = new Set(
				types
					.filter(({ name }) => name === node.type)
					.flatMap(({ credentials = [] }) => credentials.map(({ name }) => name)),
			);
			const chosen = available.filter(({ type }) => accepted.has(type));
			if (chosen.length === 0) return node;
			const credentials = Object.fromEntries(
				chosen.map(({ id, name, type }) => [type, { id, name }]),
			);
			return { ...node, credentials: { ...node.credentials, ...credentials } };
		});
	};

	/** Saves a workflow, as Import from File in the editor does, and then fills in credentials and parameters. */
	const importWorkflow = async (
		file: WorkflowFile,
		options: ImportOptions = {},
	): Promise<SavedWorkflow> => {
		const patches = { ...options.nodes };
		for (const [name, parameters] of Object.entries(options.parameters ?? {})) {
			patches[name] = { ...patches[name], parameters };
		}
		const nodes = withPatches(file.nodes, patches);
		return await session.post('/rest/workflows', {
			name: options.name ?? file.name,
			nodes: await withCredentials(nodes, options.credentials ?? []),
			connections: file.connections,
			settings: { ...file.settings, ...options.settings },
			pinData: options.pinData === false ? {} : (file.pinData ?? {}),
		});
	};

	return {
		getNodeTypes,
		getWorkflow,
		importWorkflow,

		/** Nodes that the editor would show as unknown, by type or by version. Empty for a template that opens well. */
		unknownNodes: async ({ nodes }: WorkflowFile): Promise<string[]> => {
			const versions = new Map<string, number[]>();
			for (const { name, version } of await getNodeTypes()) {
				versions.set(name, [...(versions.get(name) ?? []), ...[version].flat()]);
			}
			return nodes
				.filter(({ type, typeVersion }) => !versions.get(type)?.includes(typeVersion))
				.map(({ name, type, typeVersion }) => `${name}: ${type} ${typeVersion}`);
		},

		importTemplate: async (name: string, options: ImportOptions = {}): Promise<SavedWorkflow> =>
			await importWorkflow(readTemplate(name), options),

		/** Changes nodes by name, or settings, of a saved workflow. Production notices only when it is published again. */
		updateWorkflow: async (
			id: string,
			{
				nodes = {},
				settings = {},
			}: { nodes?: Record<string, Partial<WorkflowNode>>; settings?: Record<string, unknown> },
		): Promise<SavedWorkflow> => {
			const saved = await getWorkflow(id);
			return await session.patch(`/rest/workflows/${id}`, {
				name: saved.name,
				nodes: withPatches(saved.nodes, nodes),
				connections: saved.connections,
				settings: { ...saved.settings, ...settings },
				pinData: saved.pinData,
			});
		},

		/** Publishes the newest version and waits until n8n says that it is the active one. */
		publish: async (id: string): Promise<SavedWorkflow> => {
			const { versionId } = await getWorkflow(id);
			await session.post(`/rest/workflows/${id}/activate`, { versionId });
			return await until(
				async () => {
					const workflow = await getWorkflow(id);
					return workflow.activeVersionId === versionId ? workflow : undefined;
				},
				{ what: `workflow ${id} to be published` },
			);
		},

		unpublish: async (id: string): Promise<void> => {
			await session.post(`/rest/workflows/${id}/deactivate`);
		},

		/** Ids of the workflows whose triggers run. */
		publishedWorkflows: async (): Promise<string[]> => await session.get('/rest/active-workflows'),

		/** Why a published workflow's trigger does not run, in the text that the editor shows; null when it does. */
		activationError: async (id: string): Promise<string | null> => {
			const answer = await session.get<unknown>(`/rest/active-workflows/error/${id}`);
			return textOf(answer);
		},
	};
}

function withPatches(
	nodes: WorkflowNode[],
	patches: Record<string, Partial<WorkflowNode>>,
): WorkflowNode[] {
	const known = new Set(nodes.map(({ name }) => name));
	for (const name of Object.keys(patches)) {
		if (!known.has(name)) throw new Error(`The workflow has no node named "${name}"`);
	}
	return nodes.map((node) => mergeWith({}, node, patches[node.name], replaceLists));
}

function textOf(answer: unknown): string | null {
	if (answer === null || answer === undefined) return null;
	if (typeof answer === 'object' && 'message' in answer) return String(answer.message);
	return String(answer);
}

/** A list of choices is chosen anew; it is not added to the old one. */
function replaceLists(_old: unknown, changed: unknown): unknown {
	return Array.isArray(changed) ? changed : undefined;
}
